// What the node builds of ruff and of a Dockerfile parser say of a project: node lint.mjs TOOLS PROJECT FILE...
// TOOLS is a directory with node_modules. Prints every finding; the exit status is 1 if there is one.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const [tools, project, ...files] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(tools), 'package.json'));
const { Workspace, PositionEncoding } = require('@astral-sh/ruff-wasm-nodejs');
const { validate } = require('dockerfile-utils');

// the settings of the project's pyproject.toml, which this build of ruff doesn't read
const settings = {
  'line-length': 120,
  'target-version': 'py311',
  lint: {
    select: ['B', 'E', 'F', 'I', 'SIM', 'UP', 'W'],
    ignore: ['E501'],
    isort: { 'known-first-party': fs.readdirSync(path.join(project, 'src')) },
  },
};
const ruff = new Workspace(settings, PositionEncoding.Utf16);
let findings = 0;
function found(file, what) {
  findings++;
  console.log(`${file}: ${what}`);
}
for (const file of files) {
  const text = fs.readFileSync(path.join(project, file), 'utf8');
  if (file.endsWith('Dockerfile')) {
    for (const problem of validate(text)) found(file, `line ${problem.range.start.line + 1}: ${problem.message}`);
  } else {
    for (const problem of ruff.check(text)) found(file, `line ${problem.start_location.row}: ${problem.code} ${problem.message}`);
    if (ruff.format(text) !== text) found(file, 'is not formatted');
  }
}
process.exit(findings === 0 ? 0 : 1);
