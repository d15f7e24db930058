// Reads a JSON list of Markdown texts from standard input; writes a JSON list of what a reader sees of each:
// {"text": the characters shown, "marks": the kinds of formatting found}.
const { parse } = require("discord-markdown-parser");

function show(nodes, marks) {
  return nodes
    .map((node) => {
      switch (node.type) {
        case "text":
          return node.content;
        case "br":
        case "newline":
          return "\n";
        case "twemoji": // a Unicode emoji, drawn as a picture of itself
          return node.name;
        case "blockQuote":
          return show(Array.isArray(node.content) ? node.content : [node.content], marks);
        default:
          marks.push(node.type);
          return Array.isArray(node.content) ? show(node.content, marks) : String(node.content ?? "");
      }
    })
    .join("");
}

let input = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => (input += chunk));
process.stdin.on("end", () => {
  const shown = JSON.parse(input).map((markdown) => {
    const marks = [];
    const text = show(parse(markdown, "extended"), marks);
    return { text, marks };
  });
  process.stdout.write(JSON.stringify(shown));
});
