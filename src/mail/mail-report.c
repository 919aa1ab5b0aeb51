/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a mail that was sent, as read receipts and delivery reports have it for machines. */
#include "mail-report.h"

#include <string.h>

#include "mail-lines.h"

/* The fields of one block that we know; "" for those that it lacks. */
typedef enum
{
  FIELD_ACTION,
  FIELD_DIAGNOSTIC,
  FIELD_DISPOSITION,
  FIELD_FINAL,
  FIELD_ORIGINAL,
  FIELD_ORIGINAL_ID,
  FIELD_STATUS,
  N_FIELDS
} Field;

static const char *const names[N_FIELDS] = {
  "Action", "Diagnostic-Code", "Disposition", "Final-Recipient", "Original-Recipient", "Original-Message-ID", "Status",
};

typedef struct
{
  GString *values[N_FIELDS];
} Block;

static void
block_init (Block *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    self->values[i] = g_string_new (NULL);
}

static void
block_reset (Block *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    g_string_truncate (self->values[i], 0);
}

static void
block_clear (Block *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    g_string_free (self->values[i], TRUE);
}

static void
recipient_free (gpointer data)
{
  MailReportRecipient *self = data;

  g_free (self->address);
  g_free (self->status);
  g_free (self->words);
  g_free (self);
}

void
mail_report_free (MailReport *self)
{
  g_free (self->original_id);
  g_ptr_array_unref (self->recipients);
  g_free (self);
}

/* A value that was too long may have been cut within a letter. */
static char *
dup_clean (const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  return mail_lines_clean (valid);
}

/* "rfc822; ana@example.org", "smtp; 550 5.2.2 Over quota": what is behind the type */
static char *
dup_behind_type (const char *value)
{
  const char *semicolon = strchr (value, ';');

  return dup_clean (semicolon ? semicolon + 1 : value);
}

/* RFC 3461 §4.2: what SMTP could not carry as it is stands as "+2B"; only such bytes as are harmless come back. */
static char *
dup_address (const Block *block)
{
  const GString *value = block->values[block->values[FIELD_ORIGINAL]->len > 0 ? FIELD_ORIGINAL : FIELD_FINAL];
  char *address = dup_behind_type (value->str);
  gsize length = strlen (address);

  if (length > 2 && address[0] == '<' && address[length - 1] == '>')
    {
      memmove (address, address + 1, length - 2);
      address[length - 2] = '\0';
    }
  for (char *p = address; *p; p++)
    if (p[0] == '+' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]) && !g_ascii_islower (p[1]) && !g_ascii_islower (p[2]))
      {
        int byte = g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2]);

        if (byte != '+' && byte != '=')
          continue;
        *p = (char) byte;
        memmove (p + 1, p + 3, strlen (p + 3) + 1);
      }
  return address;
}

/* "5.2.2" (RFC 3463 §2) at @text; (nullable) */
static char *
read_status (const char *text)
{
  gsize n = strspn (text, "0123456789.");
  g_autofree char *status = g_strndup (text, MIN (n, 12));
  g_auto (GStrv) parts = g_strsplit (status, ".", 4);

  if (g_strv_length (parts) != 3 || !*parts[1] || !*parts[2] || !strchr ("245", *parts[0]) || strlen (parts[0]) != 1)
    return NULL;
  return g_steal_pointer (&status);
}

/* Many servers say 5.0.0 in the field and what it really is in their words. */
static char *
find_status (const char *field, const char *words)
{
  char *status = read_status (field);

  if (status && !g_str_has_suffix (status, ".0.0"))
    return status;
  for (const char *p = words; *p; p++)
    if (g_ascii_isdigit (*p) && (p == words || strchr (" (#<-", p[-1])))
      {
        char *said = read_status (p);

        if (said)
          {
            g_free (status);
            return said;
          }
      }
  return status ? status : g_strdup ("");
}

static MailReportCause
find_cause (const char *status)
{
  static const struct { const char *detail; MailReportCause cause; } causes[] = {
    { "1.1", MAIL_REPORT_CAUSE_NO_ADDRESS }, { "1.10", MAIL_REPORT_CAUSE_NO_ADDRESS }, { "1.6", MAIL_REPORT_CAUSE_NO_ADDRESS },
    { "1.2", MAIL_REPORT_CAUSE_NO_DOMAIN }, { "4.3", MAIL_REPORT_CAUSE_NO_DOMAIN }, { "4.4", MAIL_REPORT_CAUSE_NO_DOMAIN },
    { "2.1", MAIL_REPORT_CAUSE_DISABLED }, { "2.2", MAIL_REPORT_CAUSE_FULL }, { "2.3", MAIL_REPORT_CAUSE_TOO_LARGE },
    { "3.1", MAIL_REPORT_CAUSE_FULL }, { "3.4", MAIL_REPORT_CAUSE_TOO_LARGE }, { "4.1", MAIL_REPORT_CAUSE_NO_ANSWER },
    { "4.2", MAIL_REPORT_CAUSE_NO_ANSWER }, { "4.7", MAIL_REPORT_CAUSE_TOO_LATE },
  };

  if (!*status)
    return MAIL_REPORT_CAUSE_UNKNOWN;
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    if (g_str_equal (status + 2, causes[i].detail))
      return causes[i].cause;
  return status[2] == '7' ? MAIL_REPORT_CAUSE_REFUSED : MAIL_REPORT_CAUSE_UNKNOWN;
}

/* RFC 3464 §2.3.3 */
static gboolean
read_action (const char *action, MailReportFate *fate)
{
  static const struct { const char *word; MailReportFate fate; } words[] = {
    { "failed", MAIL_REPORT_FAILED }, { "delayed", MAIL_REPORT_DELAYED }, { "delivered", MAIL_REPORT_DELIVERED },
    { "relayed", MAIL_REPORT_RELAYED }, { "expanded", MAIL_REPORT_DELIVERED },
  };
  gsize n = strspn (action, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-");

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (n == strlen (words[i].word) && g_ascii_strncasecmp (action, words[i].word, n) == 0)
      {
        *fate = words[i].fate;
        return TRUE;
      }
  return FALSE;
}

/* RFC 8098 §3.2.6: "manual-action/MDN-sent-manually; displayed/warning" */
static MailReportFate
read_disposition (const char *disposition)
{
  static const struct { const char *word; MailReportFate fate; } words[] = {
    { "displayed", MAIL_REPORT_READ }, { "deleted", MAIL_REPORT_DELETED }, { "processed", MAIL_REPORT_PROCESSED },
    { "dispatched", MAIL_REPORT_PROCESSED }, { "denied", MAIL_REPORT_DENIED },
  };
  g_autofree char *type = dup_behind_type (disposition);
  gsize n = strspn (type, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-");

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (n == strlen (words[i].word) && g_ascii_strncasecmp (type, words[i].word, n) == 0)
      return words[i].fate;
  return MAIL_REPORT_UNSAID;
}

static void
take_original_id (MailReport *self, const Block *block)
{
  g_autofree char *id = dup_clean (block->values[FIELD_ORIGINAL_ID]->str);
  char *open = strchr (id, '<');
  char *close = open ? strchr (open, '>') : NULL;

  if (self->original_id || !*id || (open && !close))
    return;
  self->original_id = open ? g_strndup (open + 1, (gsize) (close - open - 1)) : g_strdup (id);
}

/* What a block tells of one recipient; the first block of a delivery report tells of none. */
static void
take_block (MailReport *self, const Block *block)
{
  MailReportRecipient *recipient;
  MailReportFate fate = MAIL_REPORT_UNSAID;
  gboolean tells = self->kind == MAIL_REPORT_RECEIPT ? block->values[FIELD_DISPOSITION]->len > 0
                                                     : read_action (block->values[FIELD_ACTION]->str, &fate);

  take_original_id (self, block);
  if (!tells || self->recipients->len >= MAIL_REPORT_MAX_RECIPIENTS)
    return;
  recipient = g_new0 (MailReportRecipient, 1);
  recipient->fate = self->kind == MAIL_REPORT_RECEIPT ? read_disposition (block->values[FIELD_DISPOSITION]->str) : fate;
  recipient->address = dup_address (block);
  recipient->words = dup_behind_type (block->values[FIELD_DIAGNOSTIC]->str);
  recipient->status = find_status (block->values[FIELD_STATUS]->str, recipient->words);
  recipient->cause = find_cause (recipient->status);
  g_ptr_array_add (self->recipients, recipient);
}

/* Returns: which field the line begins; N_FIELDS for another */
static Field
find_field (const char *line, gsize length, gsize *n_name)
{
  const char *colon = memchr (line, ':', length);
  gsize n = colon ? (gsize) (colon - line) : 0;

  *n_name = n;
  while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t'))
    n--;
  for (Field i = 0; i < N_FIELDS && n > 0; i++)
    if (n == strlen (names[i]) && g_ascii_strncasecmp (line, names[i], n) == 0)
      return i;
  return N_FIELDS;
}

static void
append (GString *value, const char *text, gsize length)
{
  while (length > 0 && (*text == ' ' || *text == '\t'))
    {
      text++;
      length--;
    }
  if (value->len > 0 && length > 0)
    g_string_append_c (value, ' ');
  if (value->len < MAIL_REPORT_MAX_VALUE)
    g_string_append_len (value, text, (gssize) MIN (length, MAIL_REPORT_MAX_VALUE));
}

static void
read_blocks (MailReport *self, const char *text, Block *block)
{
  const char *end = text + strlen (text);
  Field field = N_FIELDS;

  while (text < end)
    {
      const char *newline = memchr (text, '\n', (gsize) (end - text));
      const char *stop = newline ? newline : end;
      gsize length = (gsize) (stop - text);
      gsize n_name;

      if (length == 0)
        {
          take_block (self, block);
          block_reset (block);
          field = N_FIELDS;
        }
      else if (*text == ' ' || *text == '\t')
        {
          if (field < N_FIELDS)
            append (block->values[field], text, length);
        }
      else
        {
          field = find_field (text, length, &n_name);
          if (field < N_FIELDS && block->values[field]->len > 0)
            field = N_FIELDS; /* the first counts */
          if (field < N_FIELDS)
            append (block->values[field], text + n_name + 1, length - n_name - 1);
        }
      text = newline ? newline + 1 : end;
    }
  take_block (self, block);
}

MailReport *
mail_report_parse (MailReportKind kind, const char *text)
{
  g_autoptr (MailReport) self = g_new0 (MailReport, 1);
  g_autofree char *cut = g_strndup (text, MAIL_REPORT_MAX_TEXT);
  g_autofree char *valid = g_utf8_make_valid (cut, -1);
  g_autofree char *lines = mail_lines_unify (valid);
  Block block;

  self->kind = kind;
  self->recipients = g_ptr_array_new_with_free_func (recipient_free);
  block_init (&block);
  read_blocks (self, lines, &block);
  block_clear (&block);
  return self->recipients->len > 0 ? g_steal_pointer (&self) : NULL;
}

void
mail_report_set_original (MailReport *self, const char *message_id)
{
  if (self->original_id || !message_id)
    return;
  self->original_id = g_strdup (message_id);
}
