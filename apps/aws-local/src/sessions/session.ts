import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Temporary credentials of a role, as a container credentials endpoint hands them out. */
export class Session {
  /** `ASIA` marks a temporary key; 16 characters of base 32 follow. */
  readonly accessKeyId = `ASIA${[...randomBytes(16)].map((byte) => KEY_ALPHABET[byte % 32]).join('')}`;
  readonly secretAccessKey = randomBytes(30).toString('base64');
  /** Real tokens are opaque, start alike and are some hundred characters long. */
  readonly token = `IQoJb3JpZ2luX2Vj${randomBytes(240).toString('base64')}`;

  constructor(
    readonly roleName: string,
    readonly sessionName: string,
    readonly issuedAtMs: number,
    readonly expiresAtMs: number,
  ) {}

  /** Compares in constant time; a missing token is a wrong one. */
  hasToken(token: string | undefined): boolean {
    return token !== undefined && timingSafeEqual(sha256(token), sha256(this.token));
  }

  /** ECS hands out the same credentials until less than half of their life is left. */
  isDue(nowMs: number): boolean {
    return nowMs >= this.issuedAtMs + (this.expiresAtMs - this.issuedAtMs) / 2;
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
