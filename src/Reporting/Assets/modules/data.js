// The data blocks of the page.

function block(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

export const ledger = block("ledger");

// Null when the report stage has not run.
export const content = block("content");

export const licences = document.getElementById("licences").textContent;

export function bytesOf(base64) {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
}
