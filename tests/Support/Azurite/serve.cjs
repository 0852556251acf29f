// Preloaded before Azurite. A line "stop" on standard input ends it in order, so that its data can be served again; the end of
// standard input, which comes with the parent's death however it died, ends it at once and deletes its folder, the working folder.
const fs = require("node:fs");

// Azurite listens for clients before it listens for signals.
const stop = () => process.emit("SIGTERM") || setTimeout(stop, 10);

process.stdin.setEncoding("utf8");
process.stdin.on("data", (text) => text.includes("stop") && stop());
process.stdin.on("end", () => {
    const folder = process.cwd();
    process.chdir("/");
    fs.rmSync(folder, { recursive: true, force: true });
    process.exit(0);
});
process.stdin.unref();
