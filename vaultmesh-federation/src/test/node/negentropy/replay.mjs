// Takes the client's part in recorded exchanges by an implementation that others wrote, and prints what it says. An
// argument names the file with the exchanges, one as JSON in each line:
//   ours      items of the client: [timestamp, id]
//   limit     the client's frame limit, or 0
//   answers   what the server answered, in hex
// Each line that is printed is the exchange's number and a message, or the sorted ids.
import { readFileSync } from 'node:fs';
// it doesn't export this module by name
import { Negentropy, NegentropyStorageVector } from './node_modules/nostr-tools/lib/esm/nip77.js';

const lines = readFileSync(process.argv[2], 'utf8').trimEnd().split('\n');
for (const [number, line] of lines.entries()) {
  const { ours, limit, answers } = JSON.parse(line);
  const say = (what) => console.log(`${number} ${what}`);
  const storage = new NegentropyStorageVector();
  ours.forEach(([timestamp, id]) => storage.insert(timestamp, id));
  storage.seal();

  const have = new Set();
  const need = new Set();
  const client = new Negentropy(storage, limit || Number.MAX_SAFE_INTEGER);
  say(client.initiate());
  for (const answer of answers) {
    say(client.reconcile(answer, (id) => have.add(id), (id) => need.add(id)) ?? 'done');
  }
  say(`have ${[...have].sort().join()}`);
  say(`need ${[...need].sort().join()}`);
}
