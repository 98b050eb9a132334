// What every way of keeping files does, and how it refuses bytes.
import type { Readable } from "node:stream"

export type StoredFile = { sha256: string; size: number }

export type FileStorage = {
  /**
   * Keeps what the stream brings. `FileTooLong` when it brings more than `longest` bytes, `Damaged` when it is not what was
   * `promised` (SHA-256 as hex): then nothing stays.
   */
  put: (bytes: Readable, longest: number, promised?: string | null) => Promise<StoredFile>
  read: (sha256: string) => Readable
  /** Is it there, and can it be read? */
  has: (sha256: string) => Promise<boolean>
  /** Null when files can be kept and read now, else what is wrong in two words. */
  look: () => Promise<string | null>
  /** Removes what was put before that instant and never again since: a later upload is about to name it. */
  purge: (sha256: string, putBefore: Date) => Promise<void>
}

export class FileTooLong extends Error {}
export class ChecksumMismatch extends Error {}
