/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reply or a forward starts from: RFC 5322 §3.6.3 and §3.6.4. */
#include "mime-reply.h"

#include <string.h>

#include "mime-subject.h"

#define MAX_REFERENCES 50 /* RFC 5537 §3.4.4 lets the middle go */

static gboolean
is_own (const GPtrArray *own, const char *address)
{
  for (guint i = 0; own && i < own->len; i++)
    if (mail_address_equal (((const MailAddress *) g_ptr_array_index (own, i))->address, address))
      return TRUE;
  return FALSE;
}

static gboolean
contains (const GPtrArray *list, const char *address)
{
  for (guint i = 0; i < list->len; i++)
    if (mail_address_equal (((const MailAddress *) g_ptr_array_index (list, i))->address, address))
      return TRUE;
  return FALSE;
}

/* Adds each once, none that already stands in @other (nullable), and not the person's own with @own. */
static void
add_all (GPtrArray *to, const GPtrArray *from, const GPtrArray *other, const GPtrArray *own)
{
  for (guint i = 0; i < from->len; i++)
    {
      const MailAddress *address = g_ptr_array_index (from, i);

      if (*address->address && !is_own (own, address->address) && !contains (to, address->address)
          && !(other && contains (other, address->address)))
        g_ptr_array_add (to, mail_address_copy (address));
    }
}

static gboolean
is_from_me (MimeMessage *original, const GPtrArray *own)
{
  GPtrArray *from = mime_message_get_from (original);

  for (guint i = 0; i < from->len; i++)
    if (!is_own (own, ((const MailAddress *) g_ptr_array_index (from, i))->address))
      return FALSE;
  return from->len > 0;
}

char *
mime_reply_dup_list (MimeMessage *message)
{
  g_autofree char *field = mime_message_dup_header (message, "List-Post");
  const char *link = field ? strstr (field, "<mailto:") : NULL; /* "NO" where nobody may post */
  g_autofree char *escaped = link ? g_strndup (link + strlen ("<mailto:"), strcspn (link + strlen ("<mailto:"), "?>")) : NULL;
  g_autofree char *address = escaped ? g_uri_unescape_string (escaped, NULL) : NULL;

  return address && mail_address_is_valid (address) ? g_steal_pointer (&address) : NULL;
}

static void
choose_recipients (MimeDraft *draft, MimeMessage *original, MimeReplyKind kind, const GPtrArray *own)
{
  GPtrArray *reply_to = mime_message_get_reply_to (original);
  gboolean is_mine = is_from_me (original, own);
  gboolean is_to_all = kind == MIME_REPLY_ALL || kind == MIME_REPLY_LIST;
  g_autofree char *list = kind == MIME_REPLY_LIST ? mime_reply_dup_list (original) : NULL;

  if (list)
    {
      g_ptr_array_add (draft->to, mail_address_new (NULL, list));
      return;
    }

  if (is_mine)
    {
      /* To go on where one left off: the same people; one's own address only if it is the only one. */
      add_all (draft->to, mime_message_get_to (original), NULL, own);
      if (draft->to->len == 0)
        add_all (draft->to, mime_message_get_to (original), NULL, NULL);
    }
  else
    add_all (draft->to, reply_to->len > 0 ? reply_to : mime_message_get_from (original), NULL, NULL);
  if (!is_to_all)
    return;
  if (!is_mine)
    add_all (draft->to, mime_message_get_to (original), NULL, own);
  add_all (draft->cc, mime_message_get_cc (original), draft->to, own);
}

/* The identity that was written to: first To, then Cc, else the first of all. */
static const MailAddress *
choose_identity (MimeMessage *original, const GPtrArray *own)
{
  GPtrArray *lists[] = { mime_message_get_from (original), mime_message_get_to (original), mime_message_get_cc (original),
                         mime_message_get_bcc (original) };
  gsize first = is_from_me (original, own) ? 0 : 1;

  for (gsize i = first; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      for (guint k = 0; own && k < own->len; k++)
        if (mail_address_equal (((const MailAddress *) g_ptr_array_index (lists[i], j))->address,
                                ((const MailAddress *) g_ptr_array_index (own, k))->address))
          return g_ptr_array_index (own, k);
  return own && own->len > 0 ? g_ptr_array_index (own, 0) : NULL;
}

static void
set_references (MimeDraft *draft, MimeMessage *original)
{
  const char *const *references = mime_message_get_references (original);
  const char *const *in_reply_to = mime_message_get_in_reply_to (original);
  const char *id = mime_message_get_message_id (original);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (!id)
    return;
  if (!*references && in_reply_to[0] && !in_reply_to[1]) /* §3.6.4: with several it would be a guess */
    references = in_reply_to;
  for (; *references; references++)
    if (!g_str_equal (*references, id))
      g_ptr_array_add (ids, g_strdup (*references));
  g_ptr_array_add (ids, g_strdup (id));
  if (ids->len > MAX_REFERENCES)
    g_ptr_array_remove_range (ids, 1, ids->len - MAX_REFERENCES);
  g_ptr_array_set_free_func (ids, NULL);
  g_ptr_array_add (ids, NULL);
  g_strfreev (draft->references);
  draft->references = (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
  draft->in_reply_to = g_strdup (id);
}

/* Where the signature begins, or the end: the last "-- " line that stands outside of quotes. */
static gsize
find_signature (const char *text)
{
  gsize end = strlen (text), found = end;

  for (const char *p = text; p; p = strchr (p, '\n') ? strchr (p, '\n') + 1 : NULL)
    if (strncmp (p, "-- \n", 4) == 0 || g_str_equal (p, "-- "))
      found = p - text;
  while (found > 0 && text[found - 1] == '\n')
    found--;
  return found;
}

static char *
quote (const char *text, const char *attribution)
{
  g_autofree char *body = g_strndup (text, find_signature (text));
  g_auto (GStrv) lines = g_strsplit (body, "\n", -1);
  GString *out = g_string_new ("\n\n");

  if (attribution && *attribution)
    g_string_append_printf (out, "%s\n", attribution);
  for (char **line = lines; *line && *body; line++)
    {
      g_strchomp (*line);
      /* ">" runs together with what was quoted before, so that the depth stays readable: RFC 3676 §4.5 */
      g_string_append_printf (out, "%s%s%s\n", ">", **line == '>' || !**line ? "" : " ", *line);
    }
  return g_string_free (out, FALSE);
}

static void
append_line (GString *out, const char *label, const char *value)
{
  if (value && *value)
    g_string_append_printf (out, "%s: %s\n", label, value);
}

static void
append_people (GString *out, const char *label, const GPtrArray *list)
{
  g_autofree char *text = mail_address_list_to_string (list);

  append_line (out, label, text);
}

/* The header's own words, in English as they are in the mail: every program knows how to read them back. */
static char *
make_forward_header (MimeMessage *original, const char *attribution)
{
  GString *out = g_string_new (NULL);
  GDateTime *date = mime_message_get_date (original);
  g_autofree char *when = date ? g_date_time_format (date, "%Y-%m-%d %H:%M %z") : NULL;

  g_string_append_printf (out, "%s\n", attribution && *attribution ? attribution : "-------- Forwarded message --------");
  append_line (out, "Subject", mime_message_get_subject (original));
  append_line (out, "Date", when);
  append_people (out, "From", mime_message_get_from (original));
  append_people (out, "To", mime_message_get_to (original));
  append_people (out, "Cc", mime_message_get_cc (original));
  return g_string_free (out, FALSE);
}

static char *
forward (MimeMessage *original, const char *attribution)
{
  g_autofree char *header = make_forward_header (original, attribution);

  return g_strconcat ("\n\n", header, "\n", mime_message_get_text (original), NULL);
}

/* A paragraph a line */
static void
append_paragraphs (GString *out, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line; line++)
    {
      g_autofree char *escaped = g_markup_escape_text (*line, -1);

      if (**line)
        g_string_append_printf (out, "<div>%s</div>", escaped);
    }
}

void
mime_reply_quote_html (MimeDraft *draft, MimeMessage *original, MimeReplyKind kind, const char *attribution, const char *html)
{
  gboolean is_forward = kind == MIME_FORWARD;
  g_autofree char *header = is_forward ? make_forward_header (original, attribution) : g_strdup (attribution ? attribution : "");
  GString *out = g_string_new (NULL);

  append_paragraphs (out, header);
  if (is_forward)
    g_string_append_printf (out, "<div><br></div>%s", html);
  else
    g_string_append_printf (out, "<blockquote type=\"cite\">%s</blockquote>", html);
  g_free (draft->html);
  draft->html = g_string_free (out, FALSE);
  g_ptr_array_set_size (draft->files, 0);
  mime_draft_take_attachments (draft, original, is_forward);
}

/* The message as it is, under a name that its subject gives. */
static void
attach_whole (MimeDraft *draft, MimeMessage *original)
{
  const char *subject = mime_message_get_subject (original);
  g_autofree char *name = g_strconcat (*subject ? subject : "message", ".eml", NULL);

  mime_draft_add_file (draft, name, "message/rfc822", mime_message_get_source (original));
}

MimeDraft *
mime_reply_new_from_old (GBytes *source, const GPtrArray *own_addresses)
{
  MimeDraft *draft = mime_draft_from_source (source);

  g_clear_pointer (&draft->in_reply_to, g_free);
  g_strfreev (draft->references);
  draft->references = g_new0 (char *, 1);
  if (draft->from && !is_own (own_addresses, draft->from->address))
    g_clear_pointer (&draft->from, mail_address_free);
  return draft;
}

MimeDraft *
mime_reply_new (MimeMessage *original, MimeReplyKind kind, const GPtrArray *own_addresses, const MailAddress *from, const char *attribution)
{
  MimeDraft *draft = mime_draft_new ();
  gboolean is_forward = kind == MIME_FORWARD || kind == MIME_FORWARD_ATTACHED;
  const char *bare = mime_subject_strip (mime_message_get_subject (original));

  if (!from)
    from = choose_identity (original, own_addresses);
  if (from)
    draft->from = mail_address_copy (from);
  g_free (draft->subject);
  g_free (draft->text);
  draft->subject = g_strconcat (is_forward ? "Fwd: " : "Re: ", bare, NULL);
  g_strchomp (draft->subject);
  if (kind == MIME_FORWARD_ATTACHED)
    {
      draft->text = g_strdup ("");
      attach_whole (draft, original);
      return draft;
    }
  if (kind == MIME_FORWARD)
    {
      draft->text = forward (original, attribution);
      mime_draft_take_attachments (draft, original, TRUE);
      return draft;
    }
  choose_recipients (draft, original, kind, own_addresses);
  set_references (draft, original);
  draft->text = quote (mime_message_get_text (original), attribution);
  return draft;
}
