import { describe, expect, it } from '@jest/globals';
import { problemTypes } from '#contracts';
import { renderPage } from './render-page.js';

const TRACE_ID = '1-697df2c0-0123456789abcdef01234567';
const problem = { type: problemTypes.alreadySignedUp, title: 'Known', status: 409, traceId: TRACE_ID };

describe('renderPage', () => {
  it.each([
    ['http://localhost:2000/', `http://localhost:2000/#/traces/${TRACE_ID}`],
    [
      'https://console.aws.amazon.com/xray/home?region=us-east-1&x=1#/service-map',
      `https://console.aws.amazon.com/xray/home?region=us-east-1&amp;x=1#/traces/${TRACE_ID}`,
    ],
  ])('links the trace of a request in the console at %s', (serviceMapUrl, link) => {
    const page = renderPage({ outcome: { kind: 'failed', problem }, input: {} }, { serviceMapUrl });

    expect(page.markup).toContain(`href="${link}"`);
    expect(page.markup).toContain(`>${TRACE_ID}</a>`);
  });

  it('says nothing of a trace when the request was not traced', () => {
    const created = { id: '7b0f4a52-93a8-4f0e-9d63-7a2f6e6f3f10', status: 'pending', traceId: '' } as const;

    const page = renderPage(
      { outcome: { kind: 'created', created }, input: {} },
      { serviceMapUrl: 'http://localhost:2000/' },
    );

    expect(page.markup).not.toContain('class="trace"');
  });
});
