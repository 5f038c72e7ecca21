import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PAGE_SETTINGS } from './page.settings.js';
import type { PageSettings } from './page.settings.js';
import type { PageView } from './page.view.js';
import { renderPage } from './render-page.js';

/**
 * Everything comes from this service; nothing is inline. `img-src` is there for the favicon: a browser that may
 * not load it does not ask, and the 404 it ought to get would be missing from the traces.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Writes the page into an answer. */
@Injectable()
export class PageRenderer {
  constructor(@Inject(PAGE_SETTINGS) private readonly settings: PageSettings) {}

  /** @returns the page's markup, with its headers set on the reply */
  render(view: PageView, reply: FastifyReply): string {
    void reply.headers(PAGE_HEADERS);
    return renderPage(view, this.settings).markup;
  }
}
