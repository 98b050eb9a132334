import type { Story } from "./story.ts"

// What is on its way, was paid for, or is yet to be bought.
export const spanishOrderStories: Story[] = [
  {
    category: "shipping",
    lines: [
      [
        "customer",
        "Hola, buenas. Mi pedido {order} debía llegar ayer y no ha llegado",
        "Buenos días, ¿me ayudan? El pedido {order} dice «en reparto» desde hace tres días 😕",
        "hola mi pedido {order} no llega, ya son 6 días",
      ],
      ["customer", "Es para {city}, guía {guide}"],
      [
        "agent",
        "Hola, {name}. Soy {agent}. Ya mismo reviso la guía **{guide}** con la transportadora y le cuento.",
        "¡Hola, {name}! Lamento la demora. Déjeme ver qué pasó con la guía {guide}.",
      ],
      [
        "note",
        "La transportadora dice que está en la bodega de {city} por dirección incompleta. Pedí que salga mañana a primera hora.",
      ],
      [
        "agent",
        "Su paquete está en la bodega de {city}; faltaba el número del apartamento. Ya lo corregí y sale **mañana antes del mediodía**. ¿Le sirve?",
      ],
      ["customer", "Sí, perfecto, mañana estoy en casa todo el día", "Bueno, espero que esta vez sí llegue 🙏"],
      ["agent", "Quedo pendiente yo mismo de la entrega. Que tenga buen día, {name}."],
    ],
  },
  {
    category: "address",
    priority: "high",
    lines: [
      [
        "customer",
        "Hola!! puse mal la dirección del pedido {order} 🙈 ¿se puede cambiar?",
        "Buenas, me mudé y el pedido {order} va para la casa vieja. ¿Alcanzan a cambiarlo?",
      ],
      ["agent", "Hola, {name}. Todavía no sale de la bodega, así que alcanzamos. ¿Cuál es la dirección correcta?"],
      ["customer", "{street}, {city}"],
      ["agent", "Cambiada: {street}, {city}. La guía nueva es {guide}."],
      ["customer", "Me salvaron, gracias!!"],
    ],
  },
  {
    category: "payment",
    priority: "high",
    lines: [
      [
        "customer",
        "Me cobraron dos veces el pedido {order} 😡",
        "Hola, hice el pago por PSE y la página quedó en blanco, pero sí me descontaron {amount}",
      ],
      [
        "agent",
        "Hola, {name}. Qué pena con usted. ¿Me comparte la hora del pago y los últimos cuatro dígitos de la tarjeta? *No envíe el número completo.*",
      ],
      ["customer", "Fue a las 10:42 de la mañana, termina en 1142"],
      ["agent", "Encontré los dos movimientos. El segundo se reversó solo hoy; lo verá en 24 a 48 horas."],
      ["customer", "Ok, si no aparece vuelvo a escribir"],
    ],
  },
  {
    category: "shipping",
    lines: [
      ["customer", "¿Hacen envíos a {city}? ¿Cuánto demora?", "Holaa, cuánto cuesta el envío a {city}?"],
      ["agent", "¡Hola! Sí, a {city} llega en 2 a 4 días hábiles, y es gratis desde {amount}."],
      ["customer", "Súper, voy a hacer el pedido"],
    ],
  },
  {
    category: "shipping",
    priority: "urgent",
    tags: ["regalo"],
    lines: [
      ["customer", "Es urgente por favor: el pedido {order} es un regalo para HOY y sigue en bodega"],
      ["customer", "¿Hay alguien?"],
      ["agent", "Aquí estoy, {name}. Llamo ahora mismo a la bodega."],
      ["note", "Sale en la moto de las 15 h con prioridad. Yo sigo el caso."],
      ["agent", "Sale en moto a las 15 h y llega antes de las 17 h. Guía {guide}."],
      ["customer", "¡¡Llegó!! Les debo una 🎁🎉"],
    ],
  },
  {
    category: "sales",
    isSales: true,
    lines: [
      [
        "customer",
        "Buenas, quisiera cotizar 60 unidades de {product} con logo bordado",
        "Hola, somos una empresa de {city} y queremos comprar {product} al por mayor",
      ],
      [
        "agent",
        "Hola, {name}, con mucho gusto. Desde 50 unidades hay **15 %** de descuento. ¿En qué color y para qué fecha?",
      ],
      ["customer", "En {colour}, para fin de mes"],
      [
        "agent",
        "Le dejo la cotización:\n\n| Concepto | Valor |\n|---|---|\n| 60 unidades | {amount} |\n| Bordado | incluido |\n\nVálida por 10 días.",
      ],
      ["customer", "La paso a compras y les confirmo"],
      ["note", "Llamar el jueves si no escriben. Compraron 40 el año pasado."],
    ],
  },
  {
    category: "sales",
    isSales: true,
    lines: [
      ["customer", "¿Vuelve a haber {product} en {colour}?", "Hola, tienen {product} en talla {size}?"],
      ["agent", "Hola, {name}. Llega el lunes. ¿Se lo reservo?"],
      ["customer", "Sí porfa 🙌"],
      ["agent", "Reservado a su nombre hasta el miércoles."],
    ],
  },
]
