// Reads workflows and evaluates what stands between ${{ and }} with GitHub's own packages.
// usage: node github.mjs FOLDER_WITH_NODE_MODULES <request >answer
// request: {workflows: [{name, content}], texts: [text], contexts: {…}, functions: {name: value}}
// answer: {mistakes: [text], values: [text]}
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { pathToFileURL } from "node:url";

// The packages import their schema as JSON, in the way of bundlers.
const loader = `
import { readFile } from "node:fs/promises";
export async function load(url, context, next) {
    if (!url.endsWith(".json"))
        return next(url, context);
    return { format: "module", shortCircuit: true, source: "export default " + await readFile(new URL(url), "utf8") };
}`;
register("data:text/javascript," + encodeURIComponent(loader), import.meta.url);

const packages = pathToFileURL(process.argv[2] + "/node_modules/@actions/").href;
const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await import(packages + "workflow-parser/dist/index.js");
const { data, Evaluator, Lexer, Parser } = await import(packages + "expressions/dist/index.js");

const request = JSON.parse(readFileSync(0, "utf8"));
const mistakes = [];
for (const file of request.workflows) {
    const { context, value } = parseWorkflow(file, new NoOperationTraceWriter());
    if (value)
        await convertWorkflowTemplate(context, value);
    mistakes.push(...context.errors.getErrors().map((error) => error.message));
}

const contexts = JSON.parse(JSON.stringify(request.contexts), data.reviver);
const functions = Object.entries(request.functions).map(([name, value]) =>
    ({ name, minArgs: 0, maxArgs: 255, call: () => data.reviver("", value) }));

function evaluate(expression) {
    const parser = new Parser(new Lexer(expression).lex().tokens, Object.keys(request.contexts), functions);
    return new Evaluator(parser.parse(), contexts, new Map(functions.map((known) => [known.name, known]))).evaluate().coerceString();
}

const values = request.texts.map((text) => text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression) => evaluate(expression.trim())));
process.stdout.write(JSON.stringify({ mistakes, values }));
