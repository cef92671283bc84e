// Verifies messages with two implementations that others wrote, and signs the same ones. An argument names a file: its first
// line is { now, x, d }, the time and the Ed25519 key as a JWK has it, and each other line is a message:
//   url, method, fields, body           a request; the body in base64
//   status, fields, body, request       an answer to that request
// Each line that is printed is the message's number, the implementation, and
//   holds or fails                      whether the signature and the digest do
//   or the fields                       of the same message, signed anew, as JSON
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSignature, verifySignature } from 'http-message-sig';
import signatures from 'http-message-signatures';

const [head, ...lines] = readFileSync(process.argv[2], 'utf8').trimEnd().split('\n');
const { now, x, d } = JSON.parse(head);
const jwk = { kty: 'OKP', crv: 'Ed25519', x, d };
const secret = createPrivateKey({ key: jwk, format: 'jwk' });
const known = createPublicKey({ key: jwk, format: 'jwk' });
Date.now = () => now * 1000; // http-message-signatures asks it

const requestComponents = ['@method', '@authority', '@path', '@query', 'content-digest', 'content-type'];
const answerComponents = ['@status', 'content-digest', 'content-type'];
const digestOf = (body) => `sha-256=:${createHash('sha256').update(Buffer.from(body, 'base64')).digest('base64')}:`;
const verifyBytes = (data, signature) => verify(null, data, known, signature);
const signBytes = (data) => sign(null, data, secret);

/** The two kinds of message as http-message-sig takes them. */
const described = (message) => {
  const fields = Object.entries(message.fields).map(([name, value]) => ({ name, value }));
  return message.url
    ? { kind: 'request', method: message.method, targetUri: message.url, fields }
    : { kind: 'response', status: message.status, fields, request: described(message.request) };
};

/** And as http-message-signatures does. */
const plain = (message) =>
  message.url
    ? { method: message.method, url: message.url, headers: message.fields }
    : { status: message.status, headers: message.fields };

const libraries = {
  'http-message-sig': {
    async verify(message) {
      await verifySignature(described(message), {
        label: 'vm',
        policy: { algorithms: ['ed25519'], requiredComponents: [], requiredParameters: ['tag'], now },
        resolveVerifier: () => ({ algorithm: 'ed25519', verify: verifyBytes }),
      });
      return true;
    },
    async sign(message, parameters) {
      const components = message.url
        ? requestComponents
        : [...answerComponents, { name: 'signature', parameters: { req: true, key: 'vm' } }];
      const made = await createSignature(described(message), {
        label: 'vm',
        components,
        parameters,
        signer: { algorithm: 'ed25519', sign: signBytes },
      });
      return [made.signatureInput, made.signature];
    },
  },
  'http-message-signatures': {
    async verify(message) {
      const key = { id: 'peer', algs: ['ed25519'], verify: async (data, signature) => verifyBytes(data, signature) };
      const config = { keyLookup: async () => key, requiredParams: ['tag'] };
      return signatures.httpbis.verifyMessage(config, plain(message), message.request && plain(message.request));
    },
    async sign(message, parameters) {
      const seconds = (time) => new Date(time * 1000);
      const config = {
        name: 'vm',
        key: { sign: async (data) => signBytes(data) },
        fields: message.url ? requestComponents : [...answerComponents, 'signature;req;key="vm"'],
        params: Object.keys(parameters),
        paramValues: { ...parameters, created: seconds(parameters.created), expires: seconds(parameters.expires) },
      };
      const request = message.request && plain(message.request);
      const { headers } = await signatures.httpbis.signMessage(config, plain(message), request);
      return [headers['Signature-Input'], headers['Signature']];
    },
  },
};

for (const [number, line] of lines.entries()) {
  const message = JSON.parse(line);
  for (const [name, library] of Object.entries(libraries)) {
    let holds;
    try {
      holds = (await library.verify(message)) && message.fields['Content-Digest'] === digestOf(message.body);
    } catch (e) {
      holds = false;
    }
    console.log(`${number} ${name} ${holds ? 'holds' : 'fails'}`);
    if (holds) {
      const unsigned = {
        'Content-Type': message.fields['Content-Type'],
        'Content-Digest': digestOf(message.body),
      };
      const parameters = {
        created: now,
        expires: now + 60,
        nonce: randomBytes(16).toString('hex'),
        alg: 'ed25519',
        keyid: /keyid="([^"]*)"/.exec(message.fields['Signature-Input'])[1],
        tag: 'vaultmesh-fed-v1',
      };
      const [input, signature] = await library.sign({ ...message, fields: unsigned }, parameters);
      const made = { ...unsigned, 'Signature-Input': input, Signature: signature };
      console.log(`${number} ${name} ${JSON.stringify(made)}`);
    }
  }
}
