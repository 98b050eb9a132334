import type { Act } from "#kernel/act.ts"

/** What lists show of a survey. Nobody changed the ticket: its `updatedAt` and version stay. */
export async function saveSurveyScore(act: Act, ticketId: string, surveyScore: number | null): Promise<void> {
  await act.tx.updateTable("tickets").set({ surveyScore }).where("id", "=", ticketId).execute()
}
