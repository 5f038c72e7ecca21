import { z } from 'zod';
import { problemTypes } from '#contracts';
import { DescribeOperation, textContent } from '#nest-http';

const ETAG = '"3yXbqzM0vJmJ8m1E0hVY6wqk1fOqQnJp7w0m2q0m3XQ"';
const etagHeader = {
  ETag: {
    description: 'The version of the file.',
    required: true,
    schema: { type: 'string' },
    example: ETAG,
  },
};

export function DescribePage(): MethodDecorator {
  return DescribeOperation({
    operationId: 'showPage',
    summary: 'Shows the page',
    description: 'The form, automated sign-ups, and links into the service map.',
    path: '/',
    answers: [
      {
        status: 200,
        description: 'The page.',
        content: textContent('text/html', '<!doctype html>\n<html lang="en">…</html>'),
      },
    ],
  });
}

export function DescribeAsset(): MethodDecorator {
  return DescribeOperation({
    operationId: 'loadAsset',
    summary: 'Loads a file of the page',
    description: 'A style sheet or a script. Not traced: it says nothing about the application.',
    path: '/assets/page.svg',
    isUntraced: true,
    pathParameter: {
      name: 'name',
      schema: z
        .string()
        .min(1)
        .meta({ examples: ['page.css'] }),
    },
    headers: [
      {
        name: 'If-None-Match',
        description: 'The `ETag` of the version that is there already.',
        example: ETAG,
      },
    ],
    answers: [
      {
        status: 200,
        description: 'The file.',
        headers: etagHeader,
        content: {
          ...textContent('text/css', 'body { margin: 0; }'),
          ...textContent('text/javascript', "import './signup-form.js';"),
        },
      },
      { status: 304, description: 'The version that is there already is the newest.', headers: etagHeader },
    ],
    problems: [{ type: problemTypes.notFound, detail: 'Cannot GET /assets/page.svg' }],
  });
}

export function DescribeFavicon(): MethodDecorator {
  return DescribeOperation({
    operationId: 'loadFavicon',
    summary: 'Has no icon, on purpose',
    description: 'Browsers ask for it by themselves; the tutorial shows the 404 in the traces.',
    path: '/favicon.ico',
    answers: [],
    problems: [{ type: problemTypes.notFound, detail: 'Cannot GET /favicon.ico' }],
  });
}
