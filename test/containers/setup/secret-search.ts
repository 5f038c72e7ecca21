import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';

export interface Finding {
  file: string;
  what: string;
}

/** What secrets look like. The heading of a private key alone is in every TLS library. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'access key': /\b(?:AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[0-9A-Z]{16}\b/,
  'secret access key': /aws_secret_access_key["']?\s*[=:]\s*["']?[A-Za-z0-9/+]{40}\b/i,
  'token of a registry':
    /_(?:authToken|password|auth)\s*=\s*["']?(?!\$\{)[\w+/=-]{16,}|\bnpm_[A-Za-z0-9]{36}\b/,
  'token of GitHub': /\bgh[pousr]_[A-Za-z0-9]{36}\b/,
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+(?:[A-Za-z0-9+/=]{40,}\s+){2}/,
};
const SECRET_FILE =
  /(?:^|\/)(?:\.npmrc|\.netrc|\.env(?:\.[^/]*)?|\.git|\.aws|\.ssh|id_(?:rsa|ecdsa|ed25519))(?:\/|$)/;
/** npm's own settings, which come with it. */
const HARMLESS_FILE = /^usr\/local\/lib\/node_modules\/npm\/\.npmrc$/;

const GZIP_MAGIC = 0x1f8b;
/** Programs and libraries of the system, which have keys for their own self-tests in them. */
const PROGRAM_MAGIC = Buffer.from('\x7fELF', 'latin1');
const BLOCK_BYTES = 512;
const LONG_NAME = 'L';
const EXTENDED_HEADER = /[xg]/;

/** Says which secrets a text holds. */
export function findSecrets(text: string): string[] {
  return Object.entries(SECRETS).flatMap(([what, pattern]) => (pattern.test(text) ? [what] : []));
}

/**
 * The layers of saved images, each once, whatever the engine calls them.
 *
 * @param folder into which `docker save` was unpacked
 */
export async function listLayers(folder: string): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
    Layers: string[];
  }[];
  return [...new Set(manifest.flatMap(({ Layers }) => Layers))].map((path) => join(folder, path));
}

/** Everything in a layer that is a secret or may hold one, also what a later layer has removed again. */
export async function searchLayer(path: string): Promise<{ files: string[]; findings: Finding[] }> {
  const files: string[] = [];
  const findings: Finding[] = [];
  for (const { name, content } of entriesOf(await readLayer(path))) {
    files.push(name);
    if (SECRET_FILE.test(name) && !HARMLESS_FILE.test(name))
      findings.push({ file: name, what: 'by its name' });
    if (content.subarray(0, PROGRAM_MAGIC.length).equals(PROGRAM_MAGIC)) continue;
    for (const what of findSecrets(content.toString('latin1'))) findings.push({ file: name, what });
  }
  return { files, findings };
}

async function readLayer(path: string): Promise<Buffer> {
  const content = await readFile(path);
  if (content.length < 2 || content.readUInt16BE() !== GZIP_MAGIC) return content;
  return buffer(createReadStream(path).pipe(createGunzip()));
}

function* entriesOf(tar: Buffer): Generator<{ name: string; content: Buffer }> {
  let longName: string | undefined;
  for (let at = 0; at + BLOCK_BYTES <= tar.length && tar[at] !== 0;) {
    const text = (from: number, to: number): string =>
      tar.toString('utf8', at + from, at + to).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 136), 8) || 0;
    const type = text(156, 157);
    const content = tar.subarray(at + BLOCK_BYTES, at + BLOCK_BYTES + size);
    const prefix = text(345, 500);
    const name = longName ?? (prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`);
    longName = longNameOf(type, content) ?? (EXTENDED_HEADER.test(type) ? longName : undefined);
    if (type !== LONG_NAME && !EXTENDED_HEADER.test(type)) yield { name, content };
    at += BLOCK_BYTES + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
  }
}

/** What an entry says of the name of the next one, in GNU's form or in that of POSIX. */
function longNameOf(type: string, content: Buffer): string | undefined {
  if (type === LONG_NAME) return content.toString('utf8').replace(/\0.*$/s, '');
  if (type === 'x') return /^\d+ path=(.*)$/m.exec(content.toString('utf8'))?.[1];
  return undefined;
}
