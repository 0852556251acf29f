// Reads workflows and evaluates what stands between ${{ and }} with GitHub's own packages.
// usage: node github.mjs FOLDER_WITH_NODE_MODULES; a line each, until the end of standard input:
// request: {workflows: [{name, content}], texts: [text], contexts: {…}, functions: {name: value}}
// answer: {mistakes: [text], values: [text]} or {error: text}
import { register } from "node:module";
import { createInterface } from "node:readline";
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

async function mistakesOf(file) {
    const { context, value } = parseWorkflow(file, new NoOperationTraceWriter());
    if (value)
        await convertWorkflowTemplate(context, value);
    return context.errors.getErrors().map((error) => error.message);
}

function evaluator(request) {
    const contexts = JSON.parse(JSON.stringify(request.contexts), data.reviver);
    const functions = Object.entries(request.functions).map(([name, value]) =>
        ({ name, minArgs: 0, maxArgs: 255, call: () => data.reviver("", value) }));
    const byName = new Map(functions.map((known) => [known.name, known]));
    return (expression) => {
        const parser = new Parser(new Lexer(expression).lex().tokens, Object.keys(request.contexts), functions);
        return new Evaluator(parser.parse(), contexts, byName).evaluate().coerceString();
    };
}

async function answer(request) {
    const evaluate = evaluator(request);
    return {
        mistakes: (await Promise.all(request.workflows.map(mistakesOf))).flat(),
        values: request.texts.map((text) => text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression) => evaluate(expression.trim()))),
    };
}

for await (const line of createInterface({ input: process.stdin })) {
    const result = await answer(JSON.parse(line)).catch((fault) => ({ error: String(fault) }));
    process.stdout.write(JSON.stringify(result) + "\n");
}
