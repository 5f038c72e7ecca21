import { createServer } from 'node:net';

/** Every TCP port of the local stack, by the variable that sets it. */
export const PORT_VARIABLES = {
  signupApi: { variable: 'SIGNUP_API_PORT', defaultPort: 3000 },
  notifier: { variable: 'NOTIFIER_PORT', defaultPort: 3001 },
  awsLocal: { variable: 'AWS_LOCAL_PORT', defaultPort: 4566 },
  xrayLocal: { variable: 'XRAY_LOCAL_PORT', defaultPort: 2000 },
  xrayLocalOtlp: { variable: 'XRAY_LOCAL_OTLP_PORT', defaultPort: 4318 },
} as const;

export type PortName = keyof typeof PORT_VARIABLES;
export type Ports = Readonly<Record<PortName, number>>;

/** Another program listens where one of ours should. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';

  constructor(
    readonly port: number,
    readonly variable: string,
  ) {
    super(
      `port ${port} is taken by another program; stop that program, or choose another port with ${variable}`,
    );
  }
}

/**
 * Checks that each wanted port is free on loopback and chooses one for each that is 0.
 *
 * @throws {PortTakenError} for the first one that is taken
 */
export async function resolvePorts(wanted: Ports): Promise<Ports> {
  const names = Object.keys(PORT_VARIABLES) as PortName[];
  const resolved = {} as Record<PortName, number>;
  // Held until all are known, so that the same free port is not handed out twice.
  const holders: { close(): Promise<void> }[] = [];
  try {
    for (const name of names) {
      const holder = await holdPort(wanted[name], PORT_VARIABLES[name].variable);
      holders.push(holder);
      resolved[name] = holder.port;
    }
  } finally {
    await Promise.all(holders.map((holder) => holder.close()));
  }
  return resolved;
}

async function holdPort(port: number, variable: string): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' || error.code === 'EACCES' ? new PortTakenError(port, variable) : error,
      );
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
