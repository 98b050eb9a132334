import { lazy, Suspense, useState, type ComponentType, type ReactNode } from "react"
import { Problem } from "../lib/api-client.ts"
import { lookForNewVersion } from "../shell/detect-new-version.ts"
import { useProblemText } from "../lib/problem-text.ts"
import { toast } from "./toast.tsx"

interface Props<P> {
  load: () => Promise<ComponentType<P>>
  props: P
  fallback?: ReactNode
  /** It cannot be had now, which has been said; shown again it is asked for again. */
  onFailed: () => void
}

// What came once is there at once: nothing is shown in its place for a moment.
const arrived = new WeakMap<() => Promise<unknown>, ComponentType<never>>()

/** A part of the screen whose code comes later. Where it does not come, the rest of the screen stays. */
export function LoadedLater<P extends object>({ load, props, fallback, onFailed }: Props<P>) {
  const say = useProblemText()
  const fail = (): ComponentType<P> => {
    void lookForNewVersion().then((isThere) => isThere || toast(say(new Problem(0))))
    onFailed()
    return Nothing
  }
  const fetch = async () => {
    const part = await load()
    arrived.set(load, part as ComponentType<never>)
    return part
  }
  const [Part] = useState<ComponentType<P>>(
    () =>
      (arrived.get(load) as ComponentType<P> | undefined) ?? lazy(async () => ({ default: await fetch().catch(fail) })),
  )
  return (
    <Suspense fallback={fallback}>
      <Part {...props} />
    </Suspense>
  )
}

/** A dialog whose code comes when it is opened. */
export function DialogLoadedLater<P extends { onClose: () => void }>({
  load,
  props,
}: Pick<Props<P>, "load" | "props">) {
  return <LoadedLater load={load} props={props} fallback={<ComingDialog />} onFailed={props.onClose} />
}

/** What is typed while the dialog comes is meant for it: no key may act on the ticket behind. */
export const ComingDialog = () => <div data-dialog-loading aria-busy className="sr-only" />

const Nothing = () => null
