import { queryOptions, useQuery } from "@tanstack/react-query"
import type { OwnIdentity as StoredIdentity } from "#contacts/api-contract.ts"
import { get, put, remove } from "../lib/api-client.ts"
import type { Json } from "../lib/json-type.ts"
import { useTexts } from "../lib/language.tsx"
import { useProblemText } from "../lib/problem-text.ts"
import { useAct } from "../lib/use-act-on-server.ts"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { Button } from "../ui/button.tsx"

type OwnIdentity = Json<StoredIdentity>

const addressesQuery = queryOptions({
  queryKey: ["my", "identities"],
  queryFn: ({ signal }) => get<{ items: OwnIdentity[] }>("/me/identities", signal),
})

/** What staff typed as the customer's: theirs, or not? `answered`: also what they said is theirs, which they may take back. */
export function UnconfirmedAddresses({ answered = false }: { answered?: boolean }) {
  const { t } = useTexts()
  const items = useQuery(addressesQuery).data?.items.filter(({ isClaimed }) => answered || !isClaimed) ?? []
  if (items.length === 0) return null
  return (
    <section aria-labelledby="addresses" className="mb-6 rounded border border-line bg-surface p-4 max-md:p-3">
      <h2 id="addresses" className="font-strong">
        {t(answered ? "portal.addresses" : "portal.addressTitle")}
      </h2>
      <p className="mt-1 text-sm text-muted">{t("portal.addressText")}</p>
      <ul>
        {items.map((identity) => (
          <Address key={identity.id} identity={identity} />
        ))}
      </ul>
    </section>
  )
}

function Address({ identity }: { identity: OwnIdentity }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const { kind, masked, addedAt, isProved, isClaimed } = identity
  const address = t(kind === "email" ? "portal.addressEmail" : "portal.addressPhone", { masked })
  const { claim, disown, problem } = useAnswer(identity, address)
  const isBusy = claim.isPending || disown.isPending
  return (
    <li className="mt-3 flex flex-wrap items-center gap-2 border-t border-line pt-3">
      <span className="min-w-0 grow basis-56">
        <span className="block break-words">{address}</span>
        <span className="block text-sm text-muted">
          {isClaimed ? t("portal.addressClaimed") : t("portal.addressAdded", { when: when.full(addedAt) })}
        </span>
        {isProved && <span className="block text-sm text-muted">{t("refusal.address_proved")}</span>}
        {problem && (
          <span role="alert" className="block text-sm text-red">
            {problem}
          </span>
        )}
      </span>
      <span className="flex gap-2">
        {!isClaimed && (
          <Button
            disabled={isBusy}
            aria-label={`${t("portal.addressMine")}: ${address}`}
            onClick={() => claim.mutate()}
          >
            {t("portal.addressMine")}
          </Button>
        )}
        {!isProved && (
          <Button
            disabled={isBusy}
            aria-label={`${t("portal.addressNotMine")}: ${address}`}
            onClick={() => disown.mutate()}
          >
            {t("portal.addressNotMine")}
          </Button>
        )}
      </span>
    </li>
  )
}

function useAnswer({ id }: OwnIdentity, address: string) {
  const { t } = useTexts()
  const say = useProblemText()
  const answer = { stale: [addressesQuery.queryKey], refused: "in the form" } as const
  const claim = useAct({
    run: () => put(`/me/identities/${id}/confirmation`, {}),
    done: () => t("portal.addressConfirmed", { address }),
    ...answer,
  })
  const disown = useAct({
    run: () => remove(`/me/identities/${id}`),
    done: () => t("portal.addressRemoved", { address }),
    ...answer,
  })
  const error = claim.error ?? disown.error
  return { claim, disown, problem: error && say(error) }
}
