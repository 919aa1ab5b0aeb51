/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message that is being written, as a value: what the composer fills, the builder makes into bytes, and reply/forward prepare. */
#pragma once

#include <gio/gio.h>

#include "mail-address.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;          /* file name, cleaned */
  char *content_type;
  GBytes *data;        /* decoded */
} MimeDraftFile;

typedef struct
{
  MailAddress *from;   /* NULL until chosen */
  MailAddress *reply_to; /* NULL: answers go to @from */
  GPtrArray *to;       /* of MailAddress, never NULL; likewise cc, bcc */
  GPtrArray *cc;
  GPtrArray *bcc;
  char *subject;       /* UTF-8, one line */
  char *text;          /* UTF-8, '\n' */
  gboolean asks_receipt; /* RFC 8098: to @from */
  char *in_reply_to;   /* NULL or a msg-id without brackets */
  char **references;   /* never NULL */
  GPtrArray *files;    /* of MimeDraftFile, never NULL */
} MimeDraft;

MimeDraft *mime_draft_new (void);
void mime_draft_free (MimeDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MimeDraft, mime_draft_free)

void mime_draft_add_file (MimeDraft *self, const char *name, const char *content_type, GBytes *data);

/* mime_draft_from_source: (transfer full): a draft that was kept, opened again: everything of it, attachments included */
MimeDraft *mime_draft_from_source (GBytes *source);

G_END_DECLS
