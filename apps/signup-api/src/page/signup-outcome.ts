import { problemTypes } from '#contracts';
import type { Problem, SignupCreated } from '#contracts';
import { html } from './html.js';
import type { SafeHtml } from './html.js';
import type { SignupOutcome } from './page.view.js';
import type { TraceLink } from './trace-link.js';

const FORM_FIELDS = new Set(['name', 'email', 'previewAccess']);

/** What became of the form, in words; takes the focus, as the visitor's next step depends on it. */
export function renderOutcome(outcome: SignupOutcome, traceLink: TraceLink): SafeHtml {
  if (outcome.kind === 'created') return renderCreated(outcome.created, traceLink);
  const { problem } = outcome;
  const trace = traceLine(problem.traceId, traceLink);
  switch (problem.type) {
    case problemTypes.invalidRequest:
      return panel('wrong', 'Please look at these again', html`${errorList(problem)}${trace}`);
    case problemTypes.alreadySignedUp:
      return panel(
        'notice',
        'Fear not, you’re already on the list!',
        html`<p>
            Somebody with this e-mail address has signed up before, so nothing was changed. The service
            answered 409.
          </p>
          ${trace}`,
      );
    case problemTypes.notAnnounced:
      return panel(
        'wrong',
        'Well, this is embarrassing…',
        html`<p>
            Your sign-up is stored, so there is no need to sign up again. But nobody could be told about it.
          </p>
          <p>${problem.detail}</p>
          ${stateLine(problem.id)}${trace}`,
      );
    case problemTypes.storeUnavailable:
      return panel(
        'wrong',
        'We can’t take sign-ups at the moment',
        html`<p>
            The list cannot be reached. What you typed is still here: please try again in a few seconds.
          </p>
          ${trace}`,
      );
    default:
      return panel(
        'wrong',
        'Well, this is embarrassing…',
        html`<p>${problem.title}. ${problem.detail}</p>
          ${trace}`,
      );
  }
}

function renderCreated(created: SignupCreated, traceLink: TraceLink): SafeHtml {
  const url = `/signups/${created.id}`;
  return panel(
    'done',
    'Thanks for signing up',
    html`<p>
        You’re on the list.
        <span data-state-of="${url}" role="status"
          >Telling the others: <strong>${created.status}</strong>.</span
        >
      </p>
      ${stateLine(created.id)}${traceLine(created.traceId, traceLink)}`,
  );
}

function panel(tone: 'done' | 'notice' | 'wrong', title: string, content: SafeHtml): SafeHtml {
  return html`<div
    class="outcome ${tone}"
    id="outcome"
    role="group"
    aria-labelledby="outcome-title"
    tabindex="-1"
    autofocus
  >
    <h3 id="outcome-title">${title}</h3>
    ${content}
  </div>`;
}

function errorList(problem: Problem): SafeHtml {
  const items = (problem.errors ?? []).map(({ field, reason }) =>
    FORM_FIELDS.has(field)
      ? html`<li><a href="#${field}">${capitalise(reason)}</a></li>`
      : html`<li>${capitalise(reason)}</li>`,
  );
  return html`<ul>
    ${items}
  </ul>`;
}

/** The API's reasons start with the name of the field, as programs write it. */
export function capitalise(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

function stateLine(id: string | undefined): SafeHtml | undefined {
  return id === undefined ? undefined : html`<p class="fine">Sign-up <a href="/signups/${id}">${id}</a></p>`;
}

function traceLine(traceId: string | undefined, traceLink: TraceLink): SafeHtml | undefined {
  const link = traceLink(traceId);
  return link && html`<p class="fine">Trace ${link}</p>`;
}
