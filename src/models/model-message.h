/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the message list: an id at first, the summary when it is in view. */
#pragma once

#include <gio/gio.h>

#include "mail-highlight.h"
#include "mail-summary.h"

G_BEGIN_DECLS

#define MODEL_TYPE_MESSAGE (model_message_get_type ())
G_DECLARE_FINAL_TYPE (ModelMessage, model_message, MODEL, MESSAGE, GObject)

/* Properties (read-only, notify; main thread): id (gint64), is-loaded, subject, from, to (as a list shows them: names, else
 * addresses), date, received (gint64 seconds since 1970; 0 unknown), size (gint64 bytes), is-unread, is-flagged, is-answered, is-forwarded,
 * has-attachments, is-whole. Everything is empty until is-loaded. highlight (MailHighlight, nullable): what of its texts was looked for. section, n-more, is-expanded, is-reply: its place.
 *
 * Signal: changed (): once for all that came at a time, however many properties that are. */

/* Where it stands in its list */
typedef struct
{
  gint64 section;        /* when the section begins whose first it is (model-days.h); 0: it is not the first */
  guint n_more;          /* of the conversation that it stands for; 0 for any other */
  gboolean is_expanded;  /* and they are shown */
  gboolean is_reply;     /* one of those that an open conversation shows beneath its first */
} ModelPlace;

ModelMessage *model_message_new (gint64 id);

/* model_message_set_summary: (nullable): what the store says now; tells only what changed */
void model_message_set_summary (ModelMessage *self, MailSummary *summary);

void model_message_set_highlight (ModelMessage *self, MailHighlight *highlight);     /* (nullable) */
MailHighlight *model_message_get_highlight (ModelMessage *self);                     /* (nullable) (transfer none) */

void model_message_set_place (ModelMessage *self, const ModelPlace *place);
const ModelPlace *model_message_get_place (ModelMessage *self);

gint64 model_message_get_id (ModelMessage *self);
gboolean model_message_is_loaded (ModelMessage *self);
MailSummary *model_message_get_summary (ModelMessage *self); /* (nullable) (transfer none) */
MailFlags model_message_get_flags (ModelMessage *self);

/* model_message_dup_people: (transfer full): of MailAddress: "Ana Ruiz, Tom Berg"; "" for none; at most a few names */
char *model_message_dup_people (const GPtrArray *addresses);

G_END_DECLS
