// Texts that come with the settings: the inbox has no need of them.
import { addTexts } from "../lib/language.tsx"

await Promise.all([
  addTexts({
    en: async () => (await import("#texts/en/settings/calendars.ts")).calendars,
    es: async () => (await import("#texts/es/settings/calendars.ts")).calendars,
  }),
  addTexts({
    en: async () => (await import("#texts/en/settings/assignment-rules.ts")).assignmentRules,
    es: async () => (await import("#texts/es/settings/assignment-rules.ts")).assignmentRules,
  }),
  addTexts({
    en: async () => (await import("#texts/en/campaigns.ts")).campaigns,
    es: async () => (await import("#texts/es/campaigns.ts")).campaigns,
  }),
  addTexts({
    en: async () => (await import("#texts/en/settings/audit.ts")).auditLog,
    es: async () => (await import("#texts/es/settings/audit.ts")).auditLog,
  }),
  addTexts({
    en: async () => (await import("#texts/en/simulations.ts")).simulations,
    es: async () => (await import("#texts/es/simulations.ts")).simulations,
  }),
  addTexts({
    en: async () => (await import("#texts/en/settings/connections.ts")).connectionSettings,
    es: async () => (await import("#texts/es/settings/connections.ts")).connectionSettings,
  }),
  addTexts({
    en: async () => (await import("#texts/en/settings/linked-systems.ts")).linkedSystems,
    es: async () => (await import("#texts/es/settings/linked-systems.ts")).linkedSystems,
  }),
  addTexts({
    en: async () => (await import("#texts/en/settings/automation.ts")).automation,
    es: async () => (await import("#texts/es/settings/automation.ts")).automation,
  }),
  addTexts({
    en: async () => (await import("#texts/en/settings/failed-mails.ts")).failedMails,
    es: async () => (await import("#texts/es/settings/failed-mails.ts")).failedMails,
  }),
  addTexts({
    en: async () => (await import("#texts/en/settings/notification-preferences.ts")).notificationPreferences,
    es: async () => (await import("#texts/es/settings/notification-preferences.ts")).notificationPreferences,
  }),
])
