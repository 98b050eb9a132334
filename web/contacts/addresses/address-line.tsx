import { put } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useProblemText } from "../../lib/problem-text.ts"
import { useAct } from "../../lib/use-act-on-server.ts"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { useMe } from "../../session/session-queries.ts"
import { Button } from "../../ui/button.tsx"
import type { Identity } from "./first-readable-address.ts"
import { Definition } from "../../tickets/details/definition-list.tsx"

/** One address of a contact: how it is proved, and, while nobody has said that it is theirs, the act that says so. */
export function AddressLine({ contactId, identity }: { contactId: string; identity: Identity }) {
  const { t } = useTexts()
  const { can } = useMe()
  const { kind, value, proof, isConfirmed, isClaimed, addedBy, noMarketingSince, page, referrer } = identity
  const when = useTimeFormat()
  return (
    <Definition name={t(`identity.${kind}`)}>
      {/* Our own id of a visitor says nothing to people, nor does a provider's of its user. */}
      <span className="break-all">{kind === "visitor" || kind === "bsuid" ? t(`identity.is_${kind}`) : value}</span>
      {kind !== "group" && kind !== "visitor" && (
        <span className={`block text-xs ${isConfirmed ? "text-faint" : "text-amber"}`}>
          {proof === "staff" && addedBy ? t("proof.by_named", addedBy) : t(`proof.by_${proof}`)}
          {!isConfirmed && ` · ${t("proof.unconfirmed")}`}
        </span>
      )}
      {page && <span className="block text-xs break-all text-muted">{t("identity.page", { page: shown(page) })}</span>}
      {referrer && (
        <span className="block text-xs break-all text-muted">{t("identity.referrer", { page: shown(referrer) })}</span>
      )}
      {!isConfirmed && isClaimed && <span className="block text-xs text-muted">{t("proof.claimed")}</span>}
      {noMarketingSince && (
        <span className="block text-xs text-amber">
          {t("details.noMarketing", { when: when.full(noMarketingSince) })}
        </span>
      )}
      {!isConfirmed && can.confirmIdentities && <Confirm contactId={contactId} identity={identity} />}
    </Definition>
  )
}

/** No link: a visitor says what it is. */
const shown = (page: string) => page.replace(/^https?:\/\//, "").replace(/\/$/, "")

function Confirm({ contactId, identity: { id, value } }: { contactId: string; identity: Identity }) {
  const { t } = useTexts()
  const say = useProblemText()
  const confirm = useAct({
    run: () => put(`/contacts/${contactId}/identities/${id}/confirmation`, {}),
    done: () => t("proof.confirmed", { value }),
    stale: [["contacts"]],
    refused: "in the form",
  })
  return (
    <>
      <Button
        size="sm"
        className="mt-1"
        disabled={confirm.isPending}
        aria-label={`${t("proof.confirm")}: ${value}`}
        title={t("proof.confirmHint")}
        onClick={() => confirm.mutate()}
      >
        {t("proof.confirm")}
      </Button>
      {confirm.error && (
        <span role="alert" className="block text-xs text-red">
          {say(confirm.error)}
        </span>
      )}
    </>
  )
}
