// Who is asked how it was. Incidents, mirrored tickets and connections without a survey never come this far.

type SurveyFacts = {
  isGroup: boolean
  mergedInto: string | null
  campaignShipmentId: string | null
}

export type NoSurvey = "merged" | "campaign" | "group" | "blocked" | "unreachable" | "window_closed" | "template_unfit"

/** Null: its customer is to be asked, if there is a way to them. */
export function whyNoSurvey({ isGroup, mergedInto, campaignShipmentId }: SurveyFacts): NoSurvey | null {
  // What went on elsewhere ends there.
  if (mergedInto !== null) return "merged"
  if (campaignShipmentId !== null) return "campaign"
  return isGroup ? "group" : null
}
