// Customers are sent the texts of their own side alone, staff those of the screens: whatever a screen names must be among them.
import assert from "node:assert/strict"
import { test } from "node:test"
import { en } from "#texts/en.ts"
import { agreementScreens } from "#texts/en/agreements/agreement-screens.ts"
import { contacts } from "#texts/en/contacts.ts"
import { incidentsAtOnce } from "#texts/en/incidents/find-and-change-many.ts"
import { importAndStatusMapping } from "#texts/en/incidents/import-and-status-mapping.ts"
import { everyApp } from "#texts/en/every-app.ts"
import { automation } from "#texts/en/settings/automation.ts"
import { campaigns } from "#texts/en/campaigns.ts"
import { simulations } from "#texts/en/simulations.ts"
import { auditLog } from "#texts/en/settings/audit.ts"
import { assignmentRules } from "#texts/en/settings/assignment-rules.ts"
import { calendars } from "#texts/en/settings/calendars.ts"
import { connectionSettings } from "#texts/en/settings/connections.ts"
import { failedMails } from "#texts/en/settings/failed-mails.ts"
import { mailboxSetup } from "#texts/en/settings/mailbox-setup.ts"
import { mailboxes } from "#texts/en/settings/mailboxes.ts"
import { linkedSystems } from "#texts/en/settings/linked-systems.ts"
import { webChat } from "#texts/en/settings/web-chat.ts"
import { whatsappConnection } from "#texts/en/settings/whatsapp-connection.ts"
import { firstSteps } from "#texts/en/inbox/first-steps.ts"
import { notificationList } from "#texts/en/inbox/notification-list.ts"
import { notificationPreferences } from "#texts/en/settings/notification-preferences.ts"
import { filesAndTimes } from "#texts/en/files-and-times.ts"
import { sound } from "#texts/en/ticket/sound.ts"
import { refusals } from "#texts/en/refusals.ts"
import { deadlineChips } from "#texts/en/ticket/deadline-chips.ts"
import { mailOfMessage } from "#texts/en/ticket/mail-of-message.ts"
import { startConversation } from "#texts/en/ticket/start-conversation.ts"
import { automationDecisions } from "#texts/en/why-automation-acted.ts"
import { portalEn } from "#texts/portal-en.ts"
import { staffEn } from "#texts/staff-en.ts"
import { sources } from "./source-files.ts"

/** What comes with the screens of a folder. */
const added = {
  "web/agreements/": agreementScreens,
  "web/channels/": {
    ...connectionSettings,
    ...webChat,
    ...whatsappConnection,
    ...mailboxSetup,
    ...mailboxes,
    ...failedMails,
  },
  "web/contacts/": contacts,
  "web/incidents/": { ...incidentsAtOnce, ...importAndStatusMapping },
  "web/inbox/first-steps-list.tsx": firstSteps,
  "web/notifications/": notificationList,
  "web/campaigns/": campaigns,
  "web/simulations/": simulations,
  "web/settings/": {
    ...auditLog,
    ...calendars,
    ...assignmentRules,
    ...campaigns,
    ...simulations,
    ...connectionSettings,
    ...linkedSystems,
    ...automation,
    ...notificationPreferences,
    ...failedMails,
  },
  "web/tickets/start-conversation/": startConversation,
  "web/files/sound/": sound,
  "web/tickets/timeline/": automationDecisions,
  "web/tickets/composer/mail/": mailOfMessage,
  "web/tickets/messages/mail/": mailOfMessage,
}

const web = new Map(sources("web/**/*.{ts,tsx}").map((one) => [one.path, one]))

/** All that these files import, and what that imports. */
function reached(paths: string[], found = new Set<string>()): Set<string> {
  for (const path of paths) {
    const source = web.get(path)
    if (!source || found.has(path)) continue
    found.add(path)
    reached(
      source.imports.filter(({ isTypeOnly }) => !isTypeOnly).map(({ target }) => target),
      found,
    )
  }
  return found
}

test("every text that a customers' screen names is sent to them", () => {
  const files = [
    ...reached(["web/customer-portal/pages-in-one-chunk.ts", "web/shell/not-found-page.tsx", "web/ui/toast.tsx"]),
  ]
  assert.ok(
    files.includes("web/files/attach-button-and-upload-list.tsx"),
    "what the screens import is looked at as well",
  )
  assert.deepEqual(missingFrom(portalEn, files), [])
})

test("every text that a screen of staff names is sent to them", () => {
  const files = [...web.keys()].filter((path) => !path.startsWith("web/customer-portal/"))
  assert.deepEqual(missingFrom(staffEn, files), [])
})

test("neither side is sent what the other reads", () => {
  const both = { ...everyApp, ...deadlineChips, ...filesAndTimes, ...refusals }
  const sentToBoth = Object.keys(portalEn).filter((id) => Object.hasOwn(staffEn, id))
  assert.deepEqual(sentToBoth.toSorted(), Object.keys(both).toSorted())
  const withScreens = Object.values(added).flatMap((texts) => Object.keys(texts))
  const sentTwice = withScreens.filter((id) => Object.hasOwn({ ...staffEn, ...portalEn }, id))
  assert.deepEqual(sentTwice, [])
})

const missingFrom = (sent: object, paths: string[]) =>
  paths.flatMap((path) => {
    const withScreen = Object.entries(added).find(([folder]) => path.startsWith(folder))?.[1]
    const named = [...web.get(path)!.text.matchAll(/["`]([a-z]\w*\.[\w.]+)["`]/gi)].map((match) => match[1]!)
    return named
      .filter((id) => Object.hasOwn(en, id) && !Object.hasOwn({ ...sent, ...withScreen }, id))
      .map((id) => `${path}: ${id}`)
  })
