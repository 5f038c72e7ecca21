import type { XrayLocalOptions } from './start-xray-local.js';

/** One setting of the program: how it is given, read and explained. */
export interface KnownOption {
  flag: string;
  variable: string;
  /** What stands for the value in the help. */
  placeholder: string;
  help: string;
  /** Absent: not set. */
  default?: unknown;
  /** The flag has no value: being there means true. */
  isSwitch?: true;
  read(text: string): { value: unknown } | { problem: string };
}

const MINUTE_MS = 60_000;
const MIB = 1024 * 1024;
const LARGEST_PORT = 65_535;

type FieldName = Exclude<keyof XrayLocalOptions, 'log' | 'consoleDir'>;

/** Every setting, in the order of the help. */
export const KNOWN_OPTIONS: Readonly<Record<FieldName, KnownOption>> = {
  port: {
    flag: 'port',
    variable: 'XRAY_LOCAL_PORT',
    placeholder: 'PORT',
    help: "X-Ray's API, OTLP (/v1/traces) and the console, and the X-Ray daemon's protocol on UDP [2000]; 0 takes a free one",
    ...portField(2000),
  },
  otlpPort: {
    flag: 'otlp-port',
    variable: 'XRAY_LOCAL_OTLP_PORT',
    placeholder: 'PORT',
    help: 'OTLP over HTTP (/v1/traces) alone [4318]; 0 takes a free one',
    ...portField(4318),
  },
  host: {
    flag: 'host',
    variable: 'XRAY_LOCAL_HOST',
    placeholder: 'ADDRESS',
    help: 'address to listen on [127.0.0.1]; 0.0.0.0 for every one',
    default: '127.0.0.1',
    read: (text) => ({ value: text }),
  },
  allowedHosts: {
    flag: 'allowed-hosts',
    variable: 'XRAY_LOCAL_ALLOWED_HOSTS',
    placeholder: 'NAMES',
    help: 'names, comma separated, that clients may call this server by besides localhost and addresses; * for every name',
    ...namesField(),
  },
  dataDir: {
    flag: 'data-dir',
    variable: 'XRAY_LOCAL_DATA_DIR',
    placeholder: 'FOLDER',
    help: 'keeps traces and settings in this folder over restarts [not set: in memory alone]',
    read: (text) => ({ value: text }),
  },
  maxTraces: {
    flag: 'max-traces',
    variable: 'XRAY_LOCAL_MAX_TRACES',
    placeholder: 'COUNT',
    help: 'traces to keep [10000]; the one quiet for the longest goes first, and is counted at /status',
    ...wholeNumberField(10_000, { unit: 'traces', factor: 1 }),
  },
  maxBytes: {
    flag: 'max-mib',
    variable: 'XRAY_LOCAL_MAX_MIB',
    placeholder: 'MIB',
    help: 'MiB of documents to keep [256]',
    ...wholeNumberField(256, { unit: 'MiB', factor: MIB }),
  },
  retentionMs: {
    flag: 'retention-min',
    variable: 'XRAY_LOCAL_RETENTION_MIN',
    placeholder: 'MINUTES',
    help: 'minutes to keep a trace after its last document [1440]',
    ...wholeNumberField(1440, { unit: 'minutes', factor: MINUTE_MS }),
  },
  indexedAttributes: {
    flag: 'indexed-attributes',
    variable: 'XRAY_LOCAL_INDEXED_ATTRIBUTES',
    placeholder: 'NAMES',
    help: 'span attributes, comma separated, that become annotations',
    ...namesField(),
  },
  indexAllAttributes: {
    flag: 'index-all-attributes',
    variable: 'XRAY_LOCAL_INDEX_ALL_ATTRIBUTES',
    placeholder: '',
    help: 'all of them do [false]',
    default: false,
    isSwitch: true,
    read: (text) => {
      if (/^(true|1|yes|on)$/i.test(text)) return { value: true };
      if (/^(false|0|no|off)$/i.test(text)) return { value: false };
      return { problem: 'true or false is expected' };
    },
  },
};

type ReadPart = Pick<KnownOption, 'default' | 'read'>;

function portField(defaultPort: number): ReadPart {
  return {
    default: defaultPort,
    read: (text) => {
      const port = Number(text);
      if (/^\d{1,5}$/.test(text) && port <= LARGEST_PORT) return { value: port };
      return { problem: 'a port number from 0 to 65535 is expected' };
    },
  };
}

function wholeNumberField(
  defaultValue: number,
  { unit, factor }: { unit: string; factor: number },
): ReadPart {
  return {
    default: defaultValue * factor,
    read: (text) => {
      const value = Number(text);
      if (Number.isSafeInteger(value * factor) && value >= 1) return { value: value * factor };
      return { problem: `a whole number of ${unit}, at least 1, is expected` };
    },
  };
}

function namesField(): ReadPart {
  return {
    default: [],
    read: (text) => ({ value: text.split(',').map(trimmed).filter(Boolean) }),
  };
}

function trimmed(name: string): string {
  return name.trim();
}
