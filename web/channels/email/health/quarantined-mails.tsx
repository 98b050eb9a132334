import { useTexts } from "../../../lib/language.tsx"
import { FailedDeliveryList } from "../../../settings/failed-incoming-webhooks/failed-delivery-list.tsx"

export const quarantineId = "quarantined-mails"

/** Mails of a mailbox that could not be received, and what somebody does about them. */
export function QuarantinedMails({ connectionId }: { connectionId: string }) {
  const { t } = useTexts()
  return (
    <section aria-labelledby={quarantineId} className="mt-8 border-t border-line pt-6">
      <h3 id={quarantineId} tabIndex={-1} className="text-lg font-strong">
        {t("failedDeliveries.ofMailbox")}
      </h3>
      <p className="mb-3 text-muted">{t("failedDeliveries.ofMailboxText")}</p>
      <FailedDeliveryList connectionId={connectionId} empty={t("failedDeliveries.emptyMailbox")} />
    </section>
  )
}
