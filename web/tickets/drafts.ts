// Drafts live on the server, one per mode and person; what is typed is kept here until the server has it.
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { get, put } from "../lib/api.ts"
import { useLink } from "../lib/live.ts"

export type Mode = "reply" | "note"
export type Drafts = Record<Mode, string>
export type Saving = "idle" | "saving" | "saved" | "kept"

export const draftsQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref, "drafts"],
    queryFn: ({ signal }) => get<Drafts>(`/tickets/${ref}/drafts`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

const unsaved = new Map<string, string>()

export function useDraft(ref: string, mode: Mode) {
  const client = useQueryClient()
  const stored = useQuery(draftsQuery(ref)).data?.[mode]
  const place = `${ref} ${mode}`
  const [typed, setTyped] = useState<Record<string, string>>(() => Object.fromEntries(unsaved))
  const [saving, setSaving] = useState<Saving>("idle")
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>())

  const store = async (text: string) => {
    setSaving("saving")
    try {
      await put(`/tickets/${ref}/drafts/${mode}`, { content: text })
      if (unsaved.get(place) === text) unsaved.delete(place)
      client.setQueryData<Drafts>(["ticket", ref, "drafts"], (drafts) => ({
        reply: "",
        note: "",
        ...drafts,
        [mode]: text,
      }))
      setSaving(text ? "saved" : "idle")
    } catch {
      setSaving(text ? "kept" : "idle")
    }
  }

  const write = (text: string) => {
    unsaved.set(place, text)
    setTyped((all) => ({ ...all, [place]: text }))
    clearTimeout(timers.current.get(place))
    timers.current.set(
      place,
      setTimeout(() => void store(text), 700),
    )
  }

  const clear = () => {
    clearTimeout(timers.current.get(place))
    unsaved.set(place, "")
    setTyped((all) => ({ ...all, [place]: "" }))
    void store("")
  }

  useEffect(() => setSaving("idle"), [place])
  useWhenBack(() => {
    const text = unsaved.get(place)
    if (text !== undefined) void store(text)
  })
  // Asked later than the screen was drawn.
  const isEmpty = () =>
    (unsaved.get(place) ?? client.getQueryData<Drafts>(draftsQuery(ref).queryKey)?.[mode] ?? "") === ""
  return { text: typed[place] ?? stored ?? "", write, clear, isEmpty, saving }
}

/** What could not be stored is stored when the connection returns. */
function useWhenBack(act: () => void) {
  const link = useLink()
  const before = useRef(link)
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => {
    if (link === "connected" && before.current !== "connected") latest.current()
    before.current = link
  }, [link])
}
