/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person at an address: value, list, and the text form that the store keeps and people type. */
#include "mail-address.h"

#include <string.h>

#define MAX_ADDRESS 254 /* RFC 5321 §4.5.3.1.3, less the angle brackets */

G_DEFINE_BOXED_TYPE (MailAddress, mail_address, mail_address_copy, mail_address_free)

MailAddress *
mail_address_new (const char *name, const char *address)
{
  MailAddress *self = g_new (MailAddress, 1);

  self->name = g_strdup (name ? name : "");
  self->address = g_strdup (address ? address : "");
  return self;
}

MailAddress *
mail_address_copy (const MailAddress *self)
{
  return mail_address_new (self->name, self->address);
}

void
mail_address_free (MailAddress *self)
{
  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

const char *
mail_address_get_label (const MailAddress *self)
{
  return *self->name ? self->name : self->address;
}

/* RFC 5322 §3.2.3: what may stand in a phrase without quotes; 8-bit characters may, RFC 6532 */
static gboolean
needs_quotes (const char *name)
{
  return strpbrk (name, "()<>[]:;@\\,.\"\r\n") != NULL || g_ascii_isspace (*name)
         || (*name && g_ascii_isspace (name[strlen (name) - 1]));
}

/* Without what would end it early when it is read back; no address that works has any of it. */
static void
append_address (GString *out, const char *address)
{
  for (; *address; address++)
    if (!strchr ("<>\r\n", *address))
      g_string_append_c (out, *address);
}

char *
mail_address_to_string (const MailAddress *self)
{
  GString *out = g_string_new (NULL);

  if (!*self->name && *self->address && !strpbrk (self->address, " \t,;<>\"\r\n"))
    {
      g_string_append (out, self->address);
      return g_string_free (out, FALSE);
    }
  if (*self->name && needs_quotes (self->name))
    {
      g_string_append_c (out, '"');
      for (const char *p = self->name; *p; p++)
        {
          if (*p == '"' || *p == '\\')
            g_string_append_c (out, '\\');
          g_string_append_c (out, *p);
        }
      g_string_append_c (out, '"');
    }
  else
    g_string_append (out, self->name);
  g_string_append (out, *self->name ? " <" : "<");
  append_address (out, self->address);
  g_string_append_c (out, '>');
  return g_string_free (out, FALSE);
}

GPtrArray *
mail_address_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mail_address_free);
}

char *
mail_address_list_to_string (const GPtrArray *list)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; list && i < list->len; i++)
    {
      g_autofree char *one = mail_address_to_string (g_ptr_array_index (list, i));

      if (i > 0)
        g_string_append (out, ", ");
      g_string_append (out, one);
    }
  return g_string_free (out, FALSE);
}

typedef struct
{
  GString *name;    /* what stands outside angle brackets, quotes taken away */
  GString *raw;     /* the same with its quotes: an address, where there are no brackets */
  GString *address; /* what stands between the brackets */
  gboolean has_brackets;
} Entry;

/* Copies a quoted part from its opening quote on; returns its last character, the closing quote where there is one. */
static const char *
read_quoted (const char *p, Entry *entry)
{
  g_string_append_c (entry->raw, *p);
  for (p++; *p; p++)
    {
      g_string_append_c (entry->raw, *p);
      if (*p == '"')
        return p;
      if (*p == '\\' && p[1])
        g_string_append_c (entry->raw, *++p);
      g_string_append_c (entry->name, *p);
    }
  return p - 1;
}

/* Reads up to a comma, semicolon or line end outside quotes and brackets; returns where to go on. */
static const char *
read_entry (const char *p, Entry *entry)
{
  for (; *p; p++)
    {
      if (*p == '"')
        p = read_quoted (p, entry);
      else if (*p == '<')
        {
          gsize length = strcspn (p + 1, ">");

          g_string_truncate (entry->address, 0);
          g_string_append_len (entry->address, p + 1, length);
          entry->has_brackets = TRUE;
          p += p[1 + length] ? length + 1 : length;
        }
      else if (*p == ',' || *p == ';' || *p == '\n')
        return p + 1;
      else
        {
          g_string_append_c (entry->name, *p);
          g_string_append_c (entry->raw, *p);
        }
    }
  return p;
}

GPtrArray *
mail_address_list_parse (const char *text)
{
  GPtrArray *list = mail_address_list_new ();

  while (text && *text)
    {
      g_autoptr (GString) name = g_string_new (NULL);
      g_autoptr (GString) raw = g_string_new (NULL);
      g_autoptr (GString) address = g_string_new (NULL);
      Entry entry = { name, raw, address, FALSE };

      text = read_entry (text, &entry);
      g_strstrip (name->str);
      g_strstrip (raw->str);
      g_strstrip (address->str);
      if (entry.has_brackets && (*name->str || *address->str))
        g_ptr_array_add (list, mail_address_new (name->str, address->str));
      else if (!entry.has_brackets && *raw->str)
        g_ptr_array_add (list, mail_address_new (NULL, raw->str));
    }
  return list;
}

/* RFC 5321 §4.1.3, without looking at the numbers; nothing that could end a command may be in it. */
static gboolean
is_valid_literal (const char *domain)
{
  gsize length = strspn (domain + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-");

  return length > 0 && g_str_equal (domain + 1 + length, "]");
}

static gboolean
is_valid_domain (const char *domain)
{
  gsize label = 0;

  if (*domain == '[')
    return is_valid_literal (domain);
  for (const char *p = domain;; p++)
    {
      if (*p == '.' || *p == '\0')
        {
          if (label == 0 || label > 63 || p[-1] == '-')
            return FALSE;
          if (*p == '\0')
            return TRUE;
          label = 0;
          continue;
        }
      if (!(g_ascii_isalnum (*p) || (*p == '-' && label > 0) || *p == '_' || (guchar) *p >= 0x80))
        return FALSE;
      label++;
    }
}

/* RFC 5321 §4.1.2; spaces and angle brackets, which quotes would allow, no mailbox has, but injected commands do */
static gboolean
is_valid_local (const char *local, gsize length)
{
  gboolean is_quoted = length >= 2 && local[0] == '"' && local[length - 1] == '"';

  if (length == 0 || length > 64)
    return FALSE;
  for (gsize i = is_quoted ? 1 : 0; i < (is_quoted ? length - 1 : length); i++)
    {
      guchar c = local[i];

      if (c <= 0x20 || c == 0x7f || c == '<' || c == '>')
        return FALSE;
      if (is_quoted && c == '\\')
        {
          if (++i == length - 1 || local[i] <= 0x20 || strchr ("<>", local[i]))
            return FALSE;
        }
      else if (is_quoted ? c == '"' : strchr ("()[]:;@\\,\"", c) != NULL)
        return FALSE;
    }
  return is_quoted || (local[0] != '.' && local[length - 1] != '.' && !g_strstr_len (local, length, ".."));
}

/* No direction marks, blanks or control characters beyond ASCII either: an address must be what it looks like. */
static gboolean
has_only_visible (const char *address)
{
  for (; *address; address = g_utf8_next_char (address))
    switch (g_unichar_type (g_utf8_get_char (address)))
      {
      case G_UNICODE_CONTROL:
      case G_UNICODE_FORMAT:
      case G_UNICODE_SURROGATE:
      case G_UNICODE_LINE_SEPARATOR:
      case G_UNICODE_PARAGRAPH_SEPARATOR:
      case G_UNICODE_SPACE_SEPARATOR:
        return FALSE;
      default:
        break;
      }
  return TRUE;
}

gboolean
mail_address_is_valid (const char *address)
{
  const char *at = address ? strrchr (address, '@') : NULL;

  return at && strlen (address) <= MAX_ADDRESS && g_utf8_validate (address, -1, NULL) && has_only_visible (address)
         && is_valid_local (address, at - address) && is_valid_domain (at + 1);
}

const char *
mail_address_get_domain (const char *address)
{
  const char *at = address ? strrchr (address, '@') : NULL;

  return at && at[1] ? at + 1 : NULL;
}

gboolean
mail_address_equal (const char *a, const char *b)
{
  g_autofree char *valid_a = g_utf8_make_valid (a ? a : "", -1);
  g_autofree char *valid_b = g_utf8_make_valid (b ? b : "", -1);
  g_autofree char *folded_a = g_utf8_casefold (valid_a, -1);
  g_autofree char *folded_b = g_utf8_casefold (valid_b, -1);

  return g_str_equal (folded_a, folded_b);
}
