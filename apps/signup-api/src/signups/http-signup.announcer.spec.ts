import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { problemTypes } from '#contracts';
import type { SignupEvent } from '#contracts';
import { HttpSignupAnnouncer } from './http-signup.announcer.js';
import { AnnouncementError } from './signup.announcer.js';

const EVENT: SignupEvent = {
  type: 'signup.created.v1',
  id: '7b0f4a52-93a8-4f0e-9d63-7a2f6e6f3f10',
  name: 'Ada',
  email: 'ada@example.com',
  previewAccess: 'Yes',
  createdAt: '2026-01-31T12:00:00.000Z',
};

let server: Server;
let notifierUrl: string;
let notifier: RequestListener;

beforeEach(async () => {
  server = createServer((request, response) => notifier(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  notifierUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function answerWith(status: number, body: string): RequestListener {
  return (request, response) => {
    request.resume();
    response.writeHead(status, { location: '/elsewhere' }).end(body);
  };
}

function announce(timeoutMs = 2000): Promise<void> {
  return new HttpSignupAnnouncer(notifierUrl, timeoutMs).announce(EVENT);
}

function failure(message: string): object {
  return { name: AnnouncementError.name, message };
}

describe('HttpSignupAnnouncer', () => {
  it.each(['', '/', '/base/'])('posts the event to the notifier at <origin>%s', async (path) => {
    const received: unknown[] = [];
    notifier = (request, response) => {
      void text(request).then((body) => {
        received.push(request.method, request.url, request.headers['content-type'], JSON.parse(body));
        response.writeHead(202).end('{"messageId":"1"}');
      });
    };

    await new HttpSignupAnnouncer(notifierUrl + path, 2000).announce(EVENT);

    const url = `${path.replace(/\/$/, '')}/notifications`;
    expect(received).toEqual(['POST', url, 'application/json', EVENT]);
  });

  it.each([
    [problemTypes.notAuthorized, 'the notifier is not allowed to publish to the topic'],
    [problemTypes.credentialsExpired, "the notifier's credentials have expired"],
    [problemTypes.credentialsMissing, 'the notifier has no credentials'],
    [problemTypes.topicUnreachable, 'the notifier cannot reach the topic'],
    [problemTypes.publishFailed, 'the topic did not take the message'],
  ])('says what %s means, and not what else the notifier said', async (type, reason) => {
    const detail = 'arn:aws:sts::000000000000:assumed-role/notifier/session';
    notifier = answerWith(502, JSON.stringify({ type, title: 'No', status: 502, detail }));

    await expect(announce()).rejects.toMatchObject(failure(`${reason} (${type})`));
  });

  it.each([
    ['a problem it does not know', 500, JSON.stringify({ type: 'about:blank', title: 'No', status: 500 })],
    ['an answer that is no problem document', 503, '<html>busy</html>'],
    ['an answer without a body', 400, ''],
  ])('names the status of %s', async (_what, status, body) => {
    notifier = answerWith(status, body);

    await expect(announce()).rejects.toMatchObject(failure(`the notifier answered ${status}`));
  });

  it('follows no redirect', async () => {
    notifier = answerWith(307, '');

    await expect(announce()).rejects.toThrow(AnnouncementError);
  });

  it.each<[string, RequestListener]>([
    ['no answer', () => undefined],
    ['half an answer', (_request, response) => void response.writeHead(202).write('{')],
  ])('gives up after its time limit with %s', async (_what, listener) => {
    notifier = listener;

    await expect(announce(50)).rejects.toMatchObject(failure('the notifier did not answer within 50 ms'));
  });

  it('tells that the notifier cannot be reached when it hangs up or is not there', async () => {
    notifier = (request) => request.socket.destroy();

    await expect(announce()).rejects.toMatchObject(failure('the notifier cannot be reached'));
    await expect(new HttpSignupAnnouncer('http://127.0.0.1:1', 2000).announce(EVENT)).rejects.toMatchObject(
      failure('the notifier cannot be reached'),
    );
  });
});
