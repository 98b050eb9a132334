/** One object or row of the input, with the line on which it begins; or what was expected there instead. */
export type InputValue =
  | { line: number; value: Record<string, unknown>; problem?: never }
  | { line: number; problem: string; value?: never }
