import { z } from "zod"

/** Which first steps of a new desk are done, as its data says; `dismissed`: the list of them is not to be shown. */
export const setupSteps = z
  .object({
    desk: z.boolean().describe("It has a name and a country"),
    channel: z.boolean().describe("Customers can write elsewhere than on the built-in chat page"),
    colleague: z.boolean().describe("Somebody else can sign in, or is invited"),
    reply: z.boolean().describe("A customer was answered"),
    dismissed: z.boolean(),
  })
  .meta({ id: "SetupSteps" })
export type SetupSteps = z.infer<typeof setupSteps>
