import { useTexts } from "../../lib/language.tsx"
import { SettingsPageLayout } from "../settings-page-layout.tsx"
import { FailedDeliveryList } from "./failed-delivery-list.tsx"

/** What came by any connection and could not be received. */
export function FailedDeliveriesPage() {
  const { t } = useTexts()
  return (
    <SettingsPageLayout title={t("settings.failed-deliveries")} intro={t("failedDeliveries.intro")}>
      <FailedDeliveryList empty={t("failedDeliveries.empty")} />
    </SettingsPageLayout>
  )
}
