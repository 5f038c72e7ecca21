import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpEdge } from './http-edge.js';
import { wordPageRefusal } from './page.routes.js';

/** Files of its own origin, and nothing inline. */
const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

const INDEX = 'index.html';
/** The bundler puts a hash of the content into these names. */
const HASHED_FOLDER = 'assets/';
/** What is smaller gains nothing, and images are compressed already. */
const MIN_GZIP_BYTES = 1024;
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt']);

interface ConsoleFile {
  body: Buffer;
  gzipped: Buffer | undefined;
  etag: string;
  type: string;
  cacheControl: string;
}

/** @returns whether the folder has a built console */
export function hasConsole(folder: string | undefined): folder is string {
  return folder !== undefined && existsSync(join(folder, INDEX));
}

/** Serves the built console. Only what is in the folder now is known by name; each file is read when first asked for. */
export function addConsoleRoutes(edge: HttpEdge, folder: string): void {
  edge.addRoutes(wordPageRefusal, (scope) => {
    for (const name of listFiles(folder)) {
      const type = TYPES[extname(name)];
      if (type === undefined) continue;
      let loaded: ConsoleFile | undefined;
      const send = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
        sendFile((loaded ??= loadFile(folder, name, type)), request, reply);
      scope.get(name === INDEX ? '/' : `/${encodeURI(name)}`, send);
    }
  });
}

function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
}

function loadFile(folder: string, name: string, type: string): ConsoleFile {
  const body = readFileSync(join(folder, name));
  const isCompressed = COMPRESSIBLE.has(extname(name)) && body.length >= MIN_GZIP_BYTES;
  return {
    body,
    gzipped: isCompressed ? gzipSync(body, { level: constants.Z_BEST_COMPRESSION }) : undefined,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    type,
    cacheControl: name.startsWith(HASHED_FOLDER) ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
}

function sendFile(file: ConsoleFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.headers({
    'content-security-policy': CONSOLE_POLICY,
    'cache-control': file.cacheControl,
    etag: file.etag,
    vary: 'accept-encoding',
  });
  if (request.headers['if-none-match']?.includes(file.etag) === true) return reply.code(304).send();
  reply.type(file.type);
  const takesGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(request.headers['accept-encoding'] ?? '');
  if (file.gzipped === undefined || !takesGzip) return reply.send(file.body);
  return reply.header('content-encoding', 'gzip').send(file.gzipped);
}
