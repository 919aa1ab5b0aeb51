/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person may have forgotten in a message that is about to go. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MODEL_WARNING_SUBJECT = 1 << 0,     /* there is none */
  MODEL_WARNING_ATTACHMENT = 1 << 1,  /* the text speaks of one, and there is none */
  MODEL_WARNING_RECIPIENTS = 1 << 2,  /* so many see each other's addresses */
  MODEL_WARNING_SIZE = 1 << 4,        /* it is larger than its server takes: who has the draft adds it */
  MODEL_WARNING_DOMAIN = 1 << 3,      /* there is no mail server for one: who asks the net adds it */
} ModelWarnings;

/* From so many visible recipients on Bcc is offered. */
#define MODEL_WARNING_MANY 15

/**
 * model_draft_warnings_find:
 * @text: UTF-8: what stands in quotes and in the signature is not the person's word
 * @n_files: attachments
 * @n_visible: addresses in To and Cc
 *
 * Attachments are spoken of in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Swedish, Russian, Turkish,
 * Chinese, Japanese and Korean. Time grows with the size alone.
 */
ModelWarnings model_draft_warnings_find (const char *subject, const char *text, guint n_files, guint n_visible);

G_END_DECLS
