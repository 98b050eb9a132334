/** One object or row of the input, with the line on which it begins; or what was expected there instead. */
export type InputValue =
  | { line: number; value: Record<string, unknown>; problem?: never }
  | { line: number; problem: string; value?: never }

/** Bytes or characters of one of them: a file of the greatest size in base64, and what stands beside it. */
export const longestValue = 36 * 1024 * 1024
