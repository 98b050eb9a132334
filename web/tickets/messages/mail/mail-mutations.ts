// What staff do with a mail besides answering it: who follows, whose ticket it is, and whom else it is shown to.
import { queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import type { followers } from "#replies/api-contract.ts"
import { get, postIdempotent, put, remove } from "../../../lib/api-client.ts"
import type { Json } from "../../../lib/json-type.ts"
import { useTexts } from "../../../lib/language.tsx"
import { type InForm, useAct } from "../../../lib/use-act-on-server.ts"
import type { MailAddress } from "../../composer/mail/recipients.ts"

type Followers = Json<z.infer<typeof followers>>
export type Follower = Followers["items"][number]

export const followersQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref, "followers"],
    queryFn: ({ signal }) => get<Followers>(`/tickets/${ref}/followers`, signal),
  })

export function useFollowers(ref: string, refused?: InForm) {
  const { t } = useTexts()
  const stale = [["ticket", ref]]
  const add = useAct({
    run: (given: MailAddress) => postIdempotent<Follower>(`/tickets/${ref}/followers`, given),
    done: ({ address }) => t("mail.followerAdded", { address }),
    stale,
    refused,
  })
  const drop = useAct({ run: (id: string) => remove(`/tickets/${ref}/followers/${id}`), stale })
  return { add, drop }
}

export function useChangeRequester(ref: string) {
  const { t } = useTexts()
  return useAct({
    run: (given: MailAddress) => put(`/tickets/${ref}/requester`, given),
    done: (_ticket, { address }) => t("mail.requesterChanged", { address }),
    stale: [["ticket", ref], ["tickets"]],
  })
}

type ForwardRequest = { to: MailAddress[]; cc: MailAddress[]; messageId: string; content: string }

/** `onSent` is called once the server has it, with the text as it was given. */
export function useForward(ref: string, onSent: (content: string) => void) {
  const { t } = useTexts()
  return useAct({
    run: ({ content, ...request }: ForwardRequest) => {
      const text = content.trim()
      return postIdempotent(`/tickets/${ref}/forward`, { ...request, ...(text !== "" && { content: text }) })
    },
    done: (_mail, { content }) => {
      onSent(content)
      return t("mail.forwarded")
    },
    stale: [["ticket", ref]],
    refused: "in the form",
  })
}

/** It is not suggested again. */
export const useDismissSuggestion = (ref: string) =>
  useAct({ run: (other: string) => remove(`/tickets/${ref}/suggested-links/${other}`), stale: [["ticket", ref]] })
