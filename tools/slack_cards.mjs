// Renders cards (JSON on standard input) to one HTML page on standard output.
// Run by tools/slack_pictures.py in a folder that has slack-blocks-to-jsx, react and react-dom.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const here = createRequire(path.join(process.cwd(), "package.json"));
const { createElement } = here("react");
const { renderToStaticMarkup } = here("react-dom/server");
const folder = path.dirname(here.resolve("slack-blocks-to-jsx"));
const { Message } = await import(pathToFileURL(path.join(folder, "index.mjs")));

const LOGO =
  "data:image/svg+xml;utf8," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36">' +
      '<rect width="36" height="36" rx="6" fill="#0b6b62"/>' +
      '<path d="M5 24h26M8 24c0-12 20-12 20 0" stroke="white" stroke-width="3" fill="none"/></svg>',
  );
const plain = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
let asked = "";
for await (const part of process.stdin.setEncoding("utf8")) asked += part;
const { columns, width, named, cards } = JSON.parse(asked);

const shown = cards.map(({ name, title, submit, close, blocks }) => {
  const message = renderToStaticMarkup(
    createElement(Message, {
      logo: LOGO,
      name: "Brobygger",
      time: new Date("2026-11-23T09:00:00"),
      blocks,
    }),
  );
  const framed = title
    ? `<div class=form><b>${plain(title)}</b>${message}<p>${plain(close)}${submit && ` <b>${plain(submit)}</b>`}</p></div>`
    : message;
  return `<section>${named ? `<h4>${plain(name)}</h4>` : ""}${framed}</section>`;
});
const style = fs.readFileSync(path.join(folder, "style.css"), "utf8");
process.stdout.write(`<!doctype html><meta charset="utf-8"><style>${style}
body { margin: 16px; background: white; font-family: Lato, "Noto Sans", sans-serif;
  columns: ${columns} ${width}px; column-gap: 24px; }
section { break-inside: avoid; margin-bottom: 12px; }
h4 { font: 12px monospace; color: #a33; margin: 0 0 4px; }
.form { border: 1px solid #bbb; border-radius: 8px; padding: 8px; }
.form > b { font-size: 18px; } .form > p { text-align: right; }
.form > p b { background: #007a5a; color: white; padding: 4px 10px; border-radius: 4px; }
</style>${shown.join("\n")}
<script>document.title = String(document.documentElement.scrollHeight)</script>`);
