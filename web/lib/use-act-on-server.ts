// The one way in which a person's act reaches the server: what it makes stale is read anew, what it did is said with what takes
// it back, and a refusal is said once, in the reader's language.
import { useMutation, useQueryClient, type QueryClient, type QueryKey } from "@tanstack/react-query"
import { expectUndo, toast, type ToastAction } from "../ui/toast.tsx"
import { useProblemText } from "./problem-text.ts"

/** What is said at the edge of the screen, with what takes it back. */
type Said = string | { text: string; action: ToastAction | undefined } | undefined | void

/** Where a refusal is said, when not at the edge of the screen: by the form that asked. */
export type InForm = "in the form"

export interface Act<Input, Output> {
  run: (input: Input) => Promise<Output>
  /** Acts of one queue reach the server one after the other, in the order in which they were done. */
  queue?: string
  /** Keys of what is read anew once the server has answered, whatever it answered. A done act is pending until then. */
  stale?: readonly QueryKey[]
  /** What is done can be undone by a key, once it is. */
  isUndoable?: (input: Input) => boolean
  /** Shows the outcome before it is known, and gives back what takes that away again. */
  guess?: (input: Input, client: QueryClient) => (error: unknown) => void
  /** Puts the answer where it is shown, and says what was done. */
  done?: (output: Output, input: Input, client: QueryClient) => Said
  /** A refusal is said at the edge of the screen, unless the form shows it or this function takes care of it. */
  refused?: InForm | ((error: unknown, input: Input) => boolean) | undefined
}

export function useAct<Input = void, Output = unknown>(act: Act<Input, Output>) {
  const { run, queue, stale = [], isUndoable, guess, done, refused } = act
  const client = useQueryClient()
  const say = useProblemText()
  const refresh = () => Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })))
  return useMutation({
    mutationFn: run,
    ...(queue !== undefined && { scope: { id: queue } }),
    onMutate: (input) => ({
      settle: isUndoable?.(input) ? expectUndo() : undefined,
      takeBack: guess?.(input, client),
    }),
    onSuccess: (output, input, begun) => {
      begun.settle?.()
      const said = done?.(output, input, client)
      if (typeof said === "string") toast(said)
      else if (said) toast(said.text, said.action)
      return refresh()
    },
    // A refusal does not wait for what is read anew: the connection may be gone.
    onError: (error, input, begun) => {
      begun?.settle?.()
      begun?.takeBack?.(error)
      if (refused !== "in the form" && !refused?.(error, input)) toast(say(error))
      void refresh()
    },
  })
}
