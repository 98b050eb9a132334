// Drafts live on the server, one per mode and person; what is typed is kept in this browser until the server has it, that a draft
// was sent as well: the old text must not come back before the next one.
import type { Drafts } from "#replies/api-contract.ts"
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { get, put } from "../../lib/api-client.ts"
import { formDraftsOf } from "../../lib/form-draft-storage.ts"
import { useSocketState } from "../../live-updates/staff-socket.ts"
import { useAct } from "../../lib/use-act-on-server.ts"
import { useMe } from "../../session/session-queries.ts"
import type { Mode } from "../messages/reply-or-note-mode.ts"
import { fetchPart } from "../combine-ticket-part-requests.ts"
import { draftPlace, useTimesGivenBack } from "./mail/give-back-words.ts"

export type DraftSaving = "idle" | "saving" | "saved" | "kept"

export const draftsQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref, "drafts"],
    queryFn: () => fetchPart(ref, "drafts", () => get<Drafts>(`/tickets/${ref}/drafts`)),
    staleTime: Number.POSITIVE_INFINITY,
  })

export function useDraft(ref: string, mode: Mode) {
  const client = useQueryClient()
  const stored = useQuery(draftsQuery(ref)).data?.[mode]
  const place = draftPlace(ref, mode)
  const unsaved = formDraftsOf(useMe().id)
  const [typed, setTyped] = useTyped(place)
  const [saving, setSaving] = useSaving(place)
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>())

  const save = useAct({
    // Where it goes is given along: when the time to save has come, another draft may be on the screen.
    run: (draft: { ref: string; mode: Mode; content: string }) =>
      put(`/tickets/${draft.ref}/drafts/${draft.mode}`, { content: draft.content }),
    // What was typed must not arrive after what became of it: it would be a draft again when its reply was sent.
    queue: "drafts",
    // It stays in this browser, and the composer says so. That a session ended is shown by the whole screen.
    refused: () => true,
  })
  const store = async (text: string) => {
    setSaving("saving")
    try {
      await save.mutateAsync({ ref, mode, content: text })
      // An answer that is on its way may be older than this draft.
      const { queryKey } = draftsQuery(ref)
      await client.cancelQueries({ queryKey })
      await client.ensureQueryData(draftsQuery(ref))
      client.setQueryData<Drafts>(queryKey, (drafts) => drafts && { ...drafts, [mode]: text })
      if (unsaved.read(place) === text) unsaved.erase(place)
      setSaving(text ? "saved" : "idle")
    } catch {
      setSaving(text ? "kept" : "idle")
    }
  }

  const write = (text: string) => {
    unsaved.write(place, text)
    setTyped(text)
    clearTimeout(timers.current.get(place))
    timers.current.set(
      place,
      setTimeout(() => void store(text), 700),
    )
  }

  const clear = () => {
    clearTimeout(timers.current.get(place))
    unsaved.write(place, "")
    setTyped("")
    void store("")
  }

  useWhenBack(() => {
    const text = unsaved.read(place)
    if (text !== null) void store(text)
  })
  // Asked later than the screen was drawn.
  const isEmpty = () =>
    (unsaved.read(place) ?? client.getQueryData<Drafts>(draftsQuery(ref).queryKey)?.[mode] ?? "") === ""
  return { text: typed ?? unsaved.read(place) ?? stored ?? "", write, clear, isEmpty, saving }
}

/** What was typed here, until words come into the draft from elsewhere. */
function useTyped(place: string) {
  const [all, setAll] = useState<Record<string, string>>({})
  const slot = `${place} ${useTimesGivenBack(place)}`
  const set = (text: string) => setAll((others) => ({ ...others, [slot]: text }))
  return [all[slot], set] as const
}

/** How far a draft is kept: what becomes of one is not said beside another. */
function useSaving(place: string) {
  const [all, setAll] = useState<Record<string, DraftSaving>>({})
  const set = (saving: DraftSaving) => setAll((others) => ({ ...others, [place]: saving }))
  return [all[place] ?? "idle", set] as const
}

/** What could not be stored is stored when the connection returns, or its writer does. */
function useWhenBack(act: () => void) {
  const link = useSocketState()
  const before = useRef(link)
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => latest.current(), [])
  useEffect(() => {
    if (link === "connected" && before.current !== "connected") latest.current()
    before.current = link
  }, [link])
}
