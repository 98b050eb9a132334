import type { closingAndSurvey as englishOfStaff, surveyPage as english } from "../en/closing-and-survey.ts"

/** How tickets close by themselves and customers are asked how it was: what staff read of it. */
export const closingAndSurvey: Record<keyof typeof englishOfStaff, string> = {
  "settings.closing-and-survey": "Cierre y encuesta",
  "closingAndSurvey.intro":
    "Cuándo se cierran solos los tickets resueltos y cómo se pregunta a los clientes qué tal les fue.",
  "closingAndSurvey.days": "Días hasta que se cierra un ticket resuelto",
  "closingAndSurvey.daysHint":
    "Contados mientras el cliente no escribe; un día antes se le avisa. 0: nunca. Vale también para los ya resueltos.",
  "closingAndSurvey.isOn": "Enviar una encuesta al resolver un ticket de soporte",
  "closingAndSurvey.isOnHint": "En las conversaciones lo decide cada conexión.",
  "closingAndSurvey.style": "Escala",
  "closingAndSurvey.style.stars": "Estrellas",
  "closingAndSurvey.style.smileys": "Caritas",
  "closingAndSurvey.question.es": "Pregunta en español",
  "closingAndSurvey.question.en": "Pregunta en inglés",
  "closingAndSurvey.questionHint.es": "Si queda vacía: ¿Qué tal fue la ayuda que recibiste?",
  "closingAndSurvey.questionHint.en": "Si queda vacía: How was the help you received?",
  "connections.survey": "Enviar una encuesta al cerrar una conversación",
  "connections.surveyHint": "Un enlace de un solo uso, por este canal.",
  "connections.surveyTemplate": "Plantilla de la encuesta",
  "connections.surveyTemplateHint":
    "Para cuando la ventana de respuesta está cerrada. Necesita exactamente una variable, que será el enlace; sin plantilla no se pregunta entonces.",
  "connections.noTemplate": "Ninguna",
  "event.survey.sent": "Encuesta enviada",
  "event.survey.skipped": "Sin encuesta",
  "event.survey.answered": "Encuesta: {score} de 5",
  "event.ticket.closing_announced": "Se cierra solo el {when} si el cliente no escribe",
  "why.auto_closed": "Cerrado solo tras {days} × 24 h sin mensajes del cliente",
  "why.survey_sent": "Encuesta enviada al cliente",
  "why.survey_merged": "Sin encuesta: el ticket se combinó con otro",
  "why.survey_campaign": "Sin encuesta: el ticket es de una campaña",
  "why.survey_group": "Sin encuesta: la conversación es de un grupo",
  "why.survey_blocked": "Sin encuesta: el cliente está bloqueado",
  "why.survey_unreachable": "Sin encuesta: no hay cómo llegar al cliente",
  "why.survey_window_closed":
    "Sin encuesta: la ventana de respuesta está cerrada y la conexión no tiene plantilla para la encuesta",
  "why.survey_template_unfit": "Sin encuesta: la plantilla no se puede enviar o no tiene exactamente una variable",
  "survey.result": "Encuesta: {score} de 5",
  "survey.score": "{score} de 5",
  "details.survey": "Encuesta",
  "filter.surveyScore": "Encuesta",
}

/** What a customer reads who is asked how it was. */
export const surveyPage: Record<keyof typeof english, string> = {
  "surveyPage.text": "{question}\n\nCuéntanos aquí, toma menos de un minuto:\n{link}",
  "surveyPage.hiddenLink": "(un enlace que solo tiene el cliente)",
  "surveyPage.question": "¿Qué tal fue la ayuda que recibiste?",
  "surveyPage.title": "Tu opinión",
  "surveyPage.score.1": "Muy mala",
  "surveyPage.score.2": "Mala",
  "surveyPage.score.3": "Regular",
  "surveyPage.score.4": "Buena",
  "surveyPage.score.5": "Muy buena",
  "surveyPage.missing": "Elige una de las cinco.",
  "surveyPage.comment": "¿Quieres agregar algo? (opcional)",
  "surveyPage.send": "Enviar",
  "surveyPage.thanks": "Gracias",
  "surveyPage.thanksText": "Tenemos tu respuesta.",
  "surveyPage.over": "Este enlace ya no está abierto",
  "surveyPage.overText": "Es muy antiguo o no se copió completo. No tienes que hacer nada más.",
}
