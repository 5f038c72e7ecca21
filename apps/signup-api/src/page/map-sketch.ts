import { html } from './html.js';
import type { SafeHtml } from './html.js';

interface Circle {
  name: string;
  x: number;
  y: number;
  text: string;
}

const CLIENT = circle('Client', 70, 190, 'You, and whoever else calls the service.');
const SIGNUP_API = circle(
  'signup-api',
  250,
  190,
  'This page and its REST API. It stores the sign-up first and announces it then.',
);
const TABLE = circle(
  'signups',
  450,
  70,
  'The DynamoDB table. It takes a new address and refuses a known one.',
);
const NOTIFIER = circle(
  'notifier',
  450,
  190,
  'The second service. It publishes what the first one hands over.',
);
const TOPIC = circle('SNS', 660, 90, 'The topic. It sends an e-mail, and a message to the queue.');
const QUEUE = circle(
  'signups queue',
  660,
  210,
  'The notifier reads it and marks the sign-up as notified, in a trace of its own that is linked to yours.',
);
const CREDENTIALS = circle(
  'ecs-credentials-endpoint',
  450,
  320,
  'Where a service fetches the temporary keys of its role. It shows up whenever they are new or renewed.',
);

const CIRCLES = [CLIENT, SIGNUP_API, TABLE, NOTIFIER, TOPIC, QUEUE, CREDENTIALS];
const EDGES: readonly (readonly [Circle, Circle])[] = [
  [CLIENT, SIGNUP_API],
  [SIGNUP_API, TABLE],
  [SIGNUP_API, NOTIFIER],
  [SIGNUP_API, CREDENTIALS],
  [NOTIFIER, TABLE],
  [NOTIFIER, TOPIC],
  [NOTIFIER, QUEUE],
  [NOTIFIER, CREDENTIALS],
];
const RADIUS = 30;

/** What each circle of the service map will be, drawn and in words. */
export function mapSketch(): SafeHtml {
  return html`<section id="map" class="map" aria-labelledby="map-title">
    <h2 id="map-title">What happens behind it</h2>
    <p>
      Each circle of the service map is something a request touched. Its ring is green for what went well,
      yellow for errors of the caller (the 409), red for faults (a sign-up that could not be announced) and
      purple for throttling.
    </p>
    <div class="map-body">
      <svg class="sketch" viewBox="0 0 740 380" aria-hidden="true" focusable="false">
        ${EDGES.map(drawEdge)} ${CIRCLES.map(drawCircle)}
      </svg>
      <dl>
        ${CIRCLES.map(
          ({ name, text }) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${text}</dd>
            </div>`,
        )}
      </dl>
    </div>
  </section>`;
}

function circle(name: string, x: number, y: number, text: string): Circle {
  return { name, x, y, text };
}

function drawCircle({ name, x, y }: Circle): SafeHtml {
  return html`<circle class="ring" cx="${x}" cy="${y}" r="${RADIUS}" /><circle
      class="core"
      cx="${x}"
      cy="${y}"
      r="6"
    />
    <text x="${x}" y="${y + RADIUS + 20}">${name}</text>`;
}

/** From rim to rim. */
function drawEdge([from, to]: readonly [Circle, Circle]): SafeHtml {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const stepX = ((to.x - from.x) / length) * (RADIUS + 6);
  const stepY = ((to.y - from.y) / length) * (RADIUS + 6);
  const [x1, y1, x2, y2] = [from.x + stepX, from.y + stepY, to.x - stepX, to.y - stepY].map(Math.round);
  return html`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" />`;
}
