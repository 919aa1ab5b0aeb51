/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a message in a list, in a cell of the table as in a row of two lines. */
#pragma once

#include <gtk/gtk.h>

#include "mail-query.h"
#include "messages-text.h"
#include "model-message.h"

G_BEGIN_DECLS

typedef enum
{
  MESSAGES_FACT_STATUS,      /* unread, answered, forwarded, only the headers here */
  MESSAGES_FACT_FLAG,
  MESSAGES_FACT_ATTACHMENT,
} MessagesFact;

/* messages_facts_show_icon: with its name for those who do not see it; nothing where there is nothing to say */
void messages_facts_show_icon (GtkImage *image, ModelMessage *message, MessagesFact fact);

/* messages_facts_show_text: what was looked for in @field is marked in it */
void messages_facts_show_text (MessagesText *label, ModelMessage *message, const char *text, MailField field, gboolean is_unread);

/* All (transfer full); "" while the message is not loaded */
char *messages_facts_dup_people (ModelMessage *message, gboolean is_outgoing);
char *messages_facts_dup_subject (ModelMessage *message);
char *messages_facts_dup_date (ModelMessage *message);      /* as "Yesterday 10:42" */
char *messages_facts_dup_long_date (ModelMessage *message);
char *messages_facts_dup_size (ModelMessage *message);

gint64 messages_facts_get_folder (ModelMessage *message);     /* its id; 0 while the message is not loaded */

gboolean messages_facts_is_unread (ModelMessage *message);

G_END_DECLS
