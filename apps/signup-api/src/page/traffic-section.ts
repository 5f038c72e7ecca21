import { html } from './html.js';
import type { SafeHtml } from './html.js';

/** Start and Stop of the automated sign-ups; all of it is brought to life by `public/traffic-panel.js`. */
export function trafficSection(): SafeHtml {
  return html`<section id="traffic" class="card traffic" aria-labelledby="traffic-title">
    <div class="traffic-head">
      <div>
        <h2 id="traffic-title">Automated sign-ups</h2>
        <p>
          One every six seconds for two minutes, each with an address of its own. Every tenth repeats the
          first one, which the table refuses and the service answers with 409: watch an error appear that is
          nobody’s fault.
        </p>
      </div>
      <p class="actions">
        <button class="button" type="button" id="traffic-start" disabled>Start</button>
        <button class="button quiet" type="button" id="traffic-stop" disabled>Stop</button>
      </p>
    </div>
    <noscript
      ><p class="outcome notice">
        Automated sign-ups are sent by this page’s script, and your browser does not run it. On the command
        line, <code>npm run lab -- traffic</code> does the same.
      </p></noscript
    >
    <div class="traffic-progress">
      <p id="traffic-state" role="status">Press Start to begin.</p>
      <p id="traffic-left"></p>
      <progress
        id="traffic-progress"
        max="1"
        value="0"
        aria-label="Progress of the automated sign-ups"
      ></progress>
    </div>
    <div class="traffic-body">
      <table class="tally">
        <caption>
          Answers so far
        </caption>
        <thead>
          <tr>
            <th scope="col">Answer</th>
            <th scope="col">Expected</th>
            <th scope="col">Observed</th>
          </tr>
        </thead>
        <tbody id="traffic-tally">
          ${tallyRow('201', 'created')} ${tallyRow('409', 'already there')}
          ${tallyRow('500', 'not announced')} ${tallyRow('other', 'anything else')}
        </tbody>
      </table>
      <div class="log-frame">
        <h3 id="traffic-log-title">Log, newest first</h3>
        <div class="log" id="traffic-log" role="log" aria-labelledby="traffic-log-title" tabindex="0"></div>
      </div>
    </div>
  </section>`;
}

function tallyRow(status: string, meaning: string): SafeHtml {
  return html`<tr data-status="${status}">
    <th scope="row"><b>${status}</b> <span>${meaning}</span></th>
    <td>0</td>
    <td>0</td>
  </tr>`;
}
