/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message that is being written, as a value: what the composer fills, the builder makes into bytes, and reply/forward prepare. */
#pragma once

#include <gio/gio.h>

#include "mail-address.h"
#include "mime-message.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;          /* file name, cleaned */
  char *content_type;
  GBytes *data;        /* decoded */
  char *content_id;    /* of a picture that the HTML shows as "cid:…", without brackets; NULL: a file of its own */
} MimeDraftFile;

typedef struct
{
  MailAddress *from;   /* NULL until chosen */
  MailAddress *reply_to; /* NULL: answers go to @from */
  GPtrArray *to;       /* of MailAddress, never NULL; likewise cc, bcc */
  GPtrArray *cc;
  GPtrArray *bcc;
  char *subject;       /* UTF-8, one line */
  char *text;          /* UTF-8, '\n'; not looked at when there is HTML */
  char *html;          /* NULL: plain text. UTF-8, what stands in the body: sent as it is, so it is to be clean (html-clean.h) */
  gboolean asks_receipt; /* RFC 8098: to @from */
  char *in_reply_to;   /* NULL or a msg-id without brackets */
  char **references;   /* never NULL */
  GPtrArray *files;    /* of MimeDraftFile, never NULL */
  GPtrArray *pictures; /* of MimeDraftFile with a content_id, never NULL; empty without HTML */
} MimeDraft;

MimeDraft *mime_draft_new (void);
void mime_draft_free (MimeDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MimeDraft, mime_draft_free)

void mime_draft_add_file (MimeDraft *self, const char *name, const char *content_type, GBytes *data);

/* mime_draft_add_picture: nothing when @content_id could not stand in a header */
void mime_draft_add_picture (MimeDraft *self, const char *content_id, const char *name, const char *content_type, GBytes *data);

/* mime_draft_list_pictures: (transfer full): a set of the Content-IDs (owned) that @html, of whatever origin, names as "cid:…" */
GHashTable *mime_draft_list_pictures (const char *html);

/* mime_draft_take_attachments: @message's: to pictures what the draft's HTML shows; the rest to files, or nowhere */
void mime_draft_take_attachments (MimeDraft *self, MimeMessage *message, gboolean with_files);

/* mime_draft_from_source: (transfer full): a draft that was kept, opened again: everything of it, attachments
 * included. Its HTML, of whatever origin, is not clean yet; with any, what it shows is in pictures instead of files. */
MimeDraft *mime_draft_from_source (GBytes *source);

G_END_DECLS
