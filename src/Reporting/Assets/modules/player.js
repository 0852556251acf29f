// A sound with native controls; its mel picture follows, and a click on the picture goes to that moment.

import { h } from "dom";
import { bytes } from "format";
import { soundOf } from "sound";

export function player(audio, label) {
  const data = soundOf(audio);
  if (!data) return { element: h("p", { class: "left-out" }, `Sound left out (${bytes(audio.bytes)}): the page's share for sounds was spent.`), follow: () => {} };
  const element = h("audio", { controls: true, preload: "metadata", src: `data:${audio.mediaType};base64,${data}`, "aria-label": label });
  element.addEventListener("play", () => {
    for (const other of document.querySelectorAll("audio")) if (other !== element) other.pause();
  });
  return { element, data, follow: (mel, seconds) => follow(element, mel, seconds) };
}

function follow(audio, mel, seconds) {
  const draw = () => {
    mel.show(audio.currentTime);
    if (!audio.paused && !audio.ended) requestAnimationFrame(draw);
  };
  audio.addEventListener("play", draw);
  audio.addEventListener("seeked", draw);
  audio.addEventListener("ended", () => mel.show(null));
  mel.picture.addEventListener("click", event => {
    const box = mel.picture.getBoundingClientRect();
    audio.currentTime = (event.clientX - box.left) / box.width * seconds;
    audio.play();
  });
}
