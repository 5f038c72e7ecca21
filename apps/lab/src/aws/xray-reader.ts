import type {
  GetServiceGraphResult,
  GetTraceSummariesResult,
  TraceSummary,
  Trace as WireTrace,
  XRayClient,
} from '@aws-sdk/client-xray';
import type { AwsService, ClientSettings, Environment } from './aws-target.js';
import { resolveClientSettings } from './aws-target.js';
import { callAws } from './call-aws.js';

/** `BatchGetTraces` takes this many ids a call. */
const TRACES_PER_CALL = 5;

const SERVICE: AwsService = 'X-Ray';

type Sdk = typeof import('@aws-sdk/client-xray');

export interface TimeRange {
  startSec: number;
  endSec: number;
}

/**
 * The read calls of the X-Ray API that the lab needs, with their pages joined. Each throws a `LabError` when X-Ray
 * does not answer or refuses.
 */
export class XrayReader {
  readonly #client: XRayClient;

  private constructor(
    private readonly sdk: Sdk,
    private readonly settings: ClientSettings,
  ) {
    this.#client = new sdk.XRayClient(settings);
  }

  /** @param env where the local X-Ray is; see {@link resolveClientSettings} */
  static async create(env: Environment, options: { isAws: boolean }): Promise<XrayReader> {
    return new XrayReader(await import('@aws-sdk/client-xray'), resolveClientSettings(SERVICE, env, options));
  }

  async getServiceGraph({ startSec, endSec }: TimeRange): Promise<GetServiceGraphResult> {
    let answer: GetServiceGraphResult = {};
    let token: string | undefined;
    do {
      const command = new this.sdk.GetServiceGraphCommand({
        StartTime: toDate(startSec),
        EndTime: toDate(endSec),
        NextToken: token,
      });
      const { $metadata: _, NextToken, ...page } = await this.#call(this.#client.send(command));
      answer = { ...page, ...answer, Services: [...(answer.Services ?? []), ...(page.Services ?? [])] };
      token = NextToken;
    } while (token);
    return answer;
  }

  /** The latest first; asks for no further page once it has `limit` of them. */
  async getTraceSummaries(
    { startSec, endSec }: TimeRange,
    { filter, limit }: { filter?: string | undefined; limit: number },
  ): Promise<GetTraceSummariesResult> {
    let answer: GetTraceSummariesResult = {};
    let summaries: TraceSummary[] = [];
    let token: string | undefined;
    do {
      const command = new this.sdk.GetTraceSummariesCommand({
        StartTime: toDate(startSec),
        EndTime: toDate(endSec),
        FilterExpression: filter,
        NextToken: token,
      });
      const {
        $metadata: _,
        NextToken,
        TraceSummaries,
        ...page
      } = await this.#call(this.#client.send(command));
      const processed = (answer.TracesProcessedCount ?? 0) + (page.TracesProcessedCount ?? 0);
      answer = { ...page, ...answer, TracesProcessedCount: processed };
      summaries = [...summaries, ...(TraceSummaries ?? [])];
      token = NextToken;
    } while (token && summaries.length < limit);
    return { TraceSummaries: summaries.toSorted(byLatest).slice(0, limit), ...answer };
  }

  /** Those that exist, in no certain order. */
  async getTraces(xrayTraceIds: readonly string[]): Promise<WireTrace[]> {
    const traces: WireTrace[] = [];
    for (let start = 0; start < xrayTraceIds.length; start += TRACES_PER_CALL) {
      const TraceIds = xrayTraceIds.slice(start, start + TRACES_PER_CALL);
      let token: string | undefined;
      do {
        const command = new this.sdk.BatchGetTracesCommand({ TraceIds, NextToken: token });
        const page = await this.#call(this.#client.send(command));
        traces.push(...(page.Traces ?? []));
        token = page.NextToken;
      } while (token);
    }
    return traces;
  }

  close(): void {
    this.#client.destroy();
  }

  #call<T>(call: Promise<T>): Promise<T> {
    return callAws(SERVICE, this.settings, call);
  }
}

function byLatest(a: TraceSummary, b: TraceSummary): number {
  return (b.StartTime?.getTime() ?? 0) - (a.StartTime?.getTime() ?? 0);
}

function toDate(epochSec: number): Date {
  return new Date(epochSec * 1_000);
}
