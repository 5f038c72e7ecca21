import type { buildApp, BuildAppOptions } from 'fauxqs';

type Stores = NonNullable<BuildAppOptions['stores']>;

/** fauxqs's queues, with the messages in them. */
export type SqsStore = Stores['sqsStore'];
/** fauxqs's topics and subscriptions. */
export type SnsStore = Stores['snsStore'];
type S3Store = Stores['s3Store'];
type Persistence = NonNullable<SqsStore['persistence']>;

/** fauxqs's application, which is never made to listen, and the stores behind it. */
export interface FauxqsParts {
  readonly app: ReturnType<typeof buildApp>;
  readonly sqsStore: SqsStore;
  readonly snsStore: SnsStore;
  readonly persistence: Persistence | undefined;
}

/**
 * Puts fauxqs together without its own start, which would open a second port on every interface.
 *
 * The stores are not exported by the package, so they are loaded by their place beside its entry; the version
 * is pinned, and the messaging tests fail when they move.
 *
 * @param dataDir folder of its database; without it messages live in memory
 */
export async function createFauxqs(region: string, dataDir: string | undefined): Promise<FauxqsParts> {
  const fauxqs = await import('fauxqs');
  const { SqsStore } = await importPart<{ SqsStore: new () => SqsStore }>('./sqs/sqsStore.js');
  const { SnsStore } = await importPart<{ SnsStore: new () => SnsStore }>('./sns/snsStore.js');
  const { S3Store } = await importPart<{ S3Store: new () => S3Store }>('./s3/s3Store.js');
  const sqsStore = new SqsStore();
  const snsStore = new SnsStore();
  // Without a host of its own it names queues by the Host header, and not `sqs.<region>.localhost`.
  sqsStore.host = '';
  const persistence = dataDir === undefined ? undefined : await loadPersisted(dataDir, sqsStore, snsStore);
  const app = fauxqs.buildApp({
    logger: false,
    defaultRegion: region,
    stores: { sqsStore, snsStore, s3Store: new S3Store() },
  });
  await app.ready();
  return { app, sqsStore, snsStore, persistence };
}

/** What fauxqs's own start does: load first, write from then on. */
async function loadPersisted(dataDir: string, sqsStore: SqsStore, snsStore: SnsStore): Promise<Persistence> {
  const { PersistenceManager } = await importPart<{
    PersistenceManager: new (dataDir: string) => Persistence;
  }>('./persistence.js');
  const persistence = new PersistenceManager(dataDir);
  persistence.loadSqsAndSns(sqsStore, snsStore);
  sqsStore.persistence = persistence;
  snsStore.persistence = persistence;
  for (const queue of sqsStore.allQueues()) queue.persistence = persistence;
  return persistence;
}

async function importPart<T>(path: string): Promise<T> {
  return (await import(new URL(path, import.meta.resolve('fauxqs')).href)) as T;
}
