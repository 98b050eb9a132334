import { answer, close, day, type SceneBuilder, say, type TimedAct } from "./scene-builder.ts"
import { customers } from "../staff-and-customers.ts"
import type { Scene } from "./scene.ts"
import { advertisedCount } from "../seed-workspace.ts"

/** An offer to many, three weeks ago: most say nothing, some answer within the window, one a day later. */
export function campaignScenes(scene: SceneBuilder): Scene[] {
  const offer =
    "🌿 Rebajas de temporada: hasta 40 % en mochilas y chaquetas hasta el domingo. Responda AQUÍ si quiere que le reservemos algo."
  return customers(advertisedCount - 2).map((customer, shipment) => {
    const sent = 21 * day + 300 - shipment
    const statuses: TimedAct[] = [[sent, { does: "advertise", text: offer, shipment }]]
    const answered: TimedAct[] = [
      [
        sent - 40,
        say(
          customer.language === "es" ? "Me interesa la chaqueta azul talla M" : "Is the blue jacket part of the sale?",
        ),
      ],
      [
        sent - 60,
        answer(customer.language === "es" ? "¡Reservada hasta el domingo!" : "It is! Shall I keep one for you?"),
      ],
      [sent - 90, close],
    ]
    if (shipment % 5 === 1) statuses.push(...answered)
    if (shipment === 4)
      statuses.push(
        [sent - day, say("¿Todavía está la oferta?")],
        [sent - day - 30, answer("Sí, hasta el domingo.")],
        [sent - day - 50, close],
      )
    return scene("orders", customer, shipment % 2 ? "ana" : "bruno", statuses)
  })
}
