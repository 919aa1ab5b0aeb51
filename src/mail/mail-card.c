/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A contact's properties: asked for, set, and written. */
#include "mail-card-private.h"

#include "mail-address.h"
#include "mail-lines.h"

#include <stdlib.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (MailCard, mail_card, mail_card_copy, mail_card_free)

void
mail_card_property_free (gpointer data)
{
  MailCardProperty *self = data;

  g_free (self->group);
  g_free (self->name);
  g_free (self->params);
  g_free (self->value);
  g_free (self);
}

MailCard *
mail_card_new (void)
{
  MailCard *self = g_new0 (MailCard, 1);

  self->properties = g_ptr_array_new_with_free_func (mail_card_property_free);
  return self;
}

void
mail_card_free (MailCard *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->properties);
  g_free (self);
}

MailCardProperty *
mail_card_add_property (MailCard *self, const char *name, const char *params, char *value)
{
  MailCardProperty *property = g_new0 (MailCardProperty, 1);

  *property = (MailCardProperty) { g_strdup (""), g_ascii_strup (name, -1), g_strdup (params), value };
  g_ptr_array_add (self->properties, property);
  return property;
}

MailCard *
mail_card_copy (const MailCard *self)
{
  MailCard *copy = mail_card_new ();

  for (guint i = 0; i < self->properties->len; i++)
    {
      const MailCardProperty *property = g_ptr_array_index (self->properties, i);
      MailCardProperty *added = mail_card_add_property (copy, property->name, property->params, g_strdup (property->value));

      g_free (added->group);
      added->group = g_strdup (property->group);
    }
  return copy;
}

/* Values: "\n" is a line's end, and a backslash takes from the next letter what it means. */

static char *
unescape (const char *value, gsize length)
{
  GString *text = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    if (value[i] != '\\' || i + 1 == length)
      g_string_append_c (text, value[i]);
    else
      {
        i++;
        g_string_append_c (text, value[i] == 'n' || value[i] == 'N' ? '\n' : value[i]);
      }
  return g_string_free (text, FALSE);
}

static void
append_escaped (GString *out, const char *text)
{
  for (; *text; text++)
    switch (*text)
      {
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\r':
        break;
      case '\\':
      case ',':
      case ';':
        g_string_append_c (out, '\\');
        /* fall through */
      default:
        g_string_append_c (out, *text);
      }
}

static char *
escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);

  append_escaped (out, valid);
  return g_string_free (out, FALSE);
}

/* At @separator where no backslash stands before it */
static char **
split (const char *value, char separator)
{
  GPtrArray *pieces = g_ptr_array_new ();
  const char *start = value;
  const char *p = value;

  for (;; p++)
    {
      if (*p == '\\' && p[1])
        {
          p++;
          continue;
        }
      if (*p != separator && *p)
        continue;
      g_ptr_array_add (pieces, unescape (start, p - start));
      if (!*p)
        break;
      start = p + 1;
    }
  g_ptr_array_add (pieces, NULL);
  return (char **) g_ptr_array_free (pieces, FALSE);
}

char *
mail_card_dup_param (const char *params, const char *name)
{
  g_auto (GStrv) list = g_strsplit (params, ";", 64);
  GString *found = NULL;

  for (guint i = 0; list[i]; i++)
    {
      char *equal = strchr (list[i], '=');
      gboolean is_bare = !equal && g_str_equal (name, "TYPE"); /* 2.1: "TEL;HOME;VOICE:" */
      const char *value = equal ? equal + 1 : list[i];

      if (equal)
        *equal = '\0';
      if (!is_bare && (!equal || g_ascii_strcasecmp (g_strstrip (list[i]), name) != 0))
        continue;
      found = found ? g_string_append_c (found, ',') : g_string_new (NULL);
      for (; *value; value++)
        if (*value != '"')
          g_string_append_c (found, *value);
    }
  return found ? g_string_free (found, FALSE) : NULL;
}

/* 1 is the most preferred, 100 the least (RFC 6350 §5.3); TYPE=pref is version 3's way */
static int
get_preference (const MailCardProperty *property)
{
  g_autofree char *pref = mail_card_dup_param (property->params, "PREF");
  g_autofree char *type = mail_card_dup_param (property->params, "TYPE");
  g_autofree char *lower = g_ascii_strdown (type ? type : "", -1);
  int number = pref ? atoi (pref) : 0;

  if (number > 0)
    return MIN (number, 100);
  return strstr (lower, "pref") ? 1 : 101;
}

static int
compare_preference (gconstpointer a, gconstpointer b)
{
  return get_preference (*(const MailCardProperty *const *) a) - get_preference (*(const MailCardProperty *const *) b);
}

/* (transfer container): of @name, the preferred ones first */
static GPtrArray *
list_properties (const MailCard *self, const char *name)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < self->properties->len; i++)
    if (g_str_equal (((MailCardProperty *) g_ptr_array_index (self->properties, i))->name, name))
      g_ptr_array_add (list, g_ptr_array_index (self->properties, i));
  g_ptr_array_sort (list, compare_preference);
  return list;
}

char **
mail_card_dup_texts (const MailCard *self, const char *name)
{
  g_autoptr (GPtrArray) list = list_properties (self, name);
  GPtrArray *texts = g_ptr_array_new ();

  for (guint i = 0; i < list->len; i++)
    {
      const MailCardProperty *property = g_ptr_array_index (list, i);
      char *text = g_strstrip (unescape (property->value, strlen (property->value)));

      if (*text)
        g_ptr_array_add (texts, text);
      else
        g_free (text);
    }
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_free (texts, FALSE);
}

char *
mail_card_dup_text (const MailCard *self, const char *name)
{
  g_auto (GStrv) texts = mail_card_dup_texts (self, name);

  return g_strdup (texts[0]);
}

void
mail_card_set_texts (MailCard *self, const char *name, const char *const *texts)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (mail_card_property_free);
  g_autofree char *upper = g_ascii_strup (name, -1);

  for (guint i = self->properties->len; i-- > 0;)
    if (g_str_equal (((MailCardProperty *) g_ptr_array_index (self->properties, i))->name, upper))
      g_ptr_array_insert (kept, 0, g_ptr_array_steal_index (self->properties, i));
  for (guint i = 0; texts && texts[i]; i++)
    {
      char *value = escape (texts[i]);
      const char *params = "";

      if (!*value)
        {
          g_free (value);
          continue;
        }
      for (guint j = 0; j < kept->len; j++)
        if (g_str_equal (((MailCardProperty *) g_ptr_array_index (kept, j))->value, value))
          params = ((MailCardProperty *) g_ptr_array_index (kept, j))->params;
      mail_card_add_property (self, upper, params, value);
    }
}

void
mail_card_set_text (MailCard *self, const char *name, const char *text)
{
  const char *const texts[] = { text, NULL };

  mail_card_set_texts (self, name, texts);
}

char **
mail_card_dup_components (const MailCard *self, const char *name, guint n)
{
  g_autoptr (GPtrArray) list = list_properties (self, name);
  char **pieces = split (list->len > 0 ? ((MailCardProperty *) g_ptr_array_index (list, 0))->value : "", ';');
  guint length = g_strv_length (pieces);

  if (length >= n)
    return pieces;
  pieces = g_renew (char *, pieces, n + 1);
  for (; length < n; length++)
    pieces[length] = g_strdup ("");
  pieces[n] = NULL;
  return pieces;
}

void
mail_card_set_components (MailCard *self, const char *name, const char *const *components)
{
  GString *value = g_string_new (NULL);
  gboolean has_any = FALSE;

  for (guint i = 0; components[i]; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (components[i], -1);

      if (i > 0)
        g_string_append_c (value, ';');
      append_escaped (value, valid);
      has_any = has_any || *components[i];
    }
  mail_card_set_text (self, name, NULL);
  if (has_any)
    mail_card_add_property (self, name, "", g_string_free (value, FALSE));
  else
    g_string_free (value, TRUE);
}

/* Given name and family name, as RFC 6350 §6.2.2 orders them: family; given; further; before; after */
static char *
compose_name (const MailCard *self)
{
  g_auto (GStrv) n = mail_card_dup_components (self, "N", 5);
  const char *const order[] = { n[3], n[1], n[2], n[0], n[4] };
  GString *name = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (*order[i])
      g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", order[i]);
  return g_string_free (name, FALSE);
}

char *
mail_card_dup_name (const MailCard *self)
{
  char *name = mail_card_dup_text (self, "FN");

  if (!name)
    {
      name = compose_name (self);
      if (*name)
        return name;
      g_free (name);
      name = mail_card_dup_text (self, "ORG");
    }
  if (!name)
    name = mail_card_dup_text (self, "EMAIL");
  return name ? name : g_strdup ("");
}

char **
mail_card_dup_emails (const MailCard *self)
{
  g_auto (GStrv) texts = mail_card_dup_texts (self, "EMAIL");
  GPtrArray *emails = g_ptr_array_new ();

  for (guint i = 0; texts[i]; i++)
    {
      const char *address = g_ascii_strncasecmp (texts[i], "mailto:", 7) == 0 ? texts[i] + 7 : texts[i];
      gboolean is_new = mail_address_is_valid (address);

      for (guint j = 0; j < emails->len && is_new; j++)
        is_new = !mail_address_equal (g_ptr_array_index (emails, j), address);
      if (is_new)
        g_ptr_array_add (emails, g_strdup (address));
    }
  g_ptr_array_add (emails, NULL);
  return (char **) g_ptr_array_free (emails, FALSE);
}

char **
mail_card_dup_groups (const MailCard *self)
{
  g_autoptr (GPtrArray) list = list_properties (self, "CATEGORIES");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < list->len; i++)
    {
      g_auto (GStrv) pieces = split (((MailCardProperty *) g_ptr_array_index (list, i))->value, ',');

      for (guint j = 0; pieces[j]; j++)
        if (*g_strstrip (pieces[j]))
          g_strv_builder_add (builder, pieces[j]);
    }
  return g_strv_builder_end (builder);
}

void
mail_card_set_groups (MailCard *self, const char *const *groups)
{
  GString *value = g_string_new (NULL);

  for (guint i = 0; groups && groups[i]; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (groups[i], -1);

      if (value->len > 0)
        g_string_append_c (value, ',');
      append_escaped (value, valid);
    }
  mail_card_set_text (self, "CATEGORIES", NULL);
  if (value->len > 0)
    mail_card_add_property (self, "CATEGORIES", "", g_string_free (value, FALSE));
  else
    g_string_free (value, TRUE);
}

gboolean
mail_card_is_group (const MailCard *self)
{
  g_autofree char *kind = mail_card_dup_text (self, "KIND");
  g_autofree char *apple = kind ? NULL : mail_card_dup_text (self, "X-ADDRESSBOOKSERVER-KIND");

  return g_ascii_strcasecmp (kind ? kind : apple ? apple : "", "group") == 0;
}

static const char *
skip_urn (const char *uid)
{
  return g_ascii_strncasecmp (uid, "urn:uuid:", 9) == 0 ? uid + 9 : uid;
}

char **
mail_card_dup_members (const MailCard *self)
{
  g_auto (GStrv) members = mail_card_dup_texts (self, "MEMBER");
  g_auto (GStrv) apple = mail_card_dup_texts (self, "X-ADDRESSBOOKSERVER-MEMBER");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; members[i]; i++)
    g_strv_builder_add (builder, skip_urn (members[i]));
  for (guint i = 0; apple[i]; i++)
    g_strv_builder_add (builder, skip_urn (apple[i]));
  return g_strv_builder_end (builder);
}

char *
mail_card_dup_uid (const MailCard *self)
{
  g_autofree char *uid = mail_card_dup_text (self, "UID");

  return uid && *skip_urn (uid) ? g_strdup (skip_urn (uid)) : NULL;
}

/* Writing */

void
mail_card_write (const MailCard *self, GString *out, guint version)
{
  g_autofree char *name = mail_card_dup_name (self);
  g_autoptr (GPtrArray) fn = list_properties (self, "FN");
  g_autoptr (GPtrArray) n = list_properties (self, "N");

  g_string_append_printf (out, "BEGIN:VCARD\r\nVERSION:%s\r\n", version == 3 ? "3.0" : "4.0");
  if (fn->len == 0) /* must be there */
    {
      g_autofree char *value = escape (name);
      g_autofree char *line = g_strconcat ("FN:", value, NULL);

      mail_lines_append_folded (out, line);
    }
  if (n->len == 0 && version == 3) /* likewise */
    g_string_append (out, "N:;;;;\r\n");
  for (guint i = 0; i < self->properties->len; i++)
    {
      const MailCardProperty *property = g_ptr_array_index (self->properties, i);
      g_autofree char *line = g_strconcat (property->group, *property->group ? "." : "", property->name, *property->params ? ";" : "",
                                           property->params, ":", property->value, NULL);

      mail_lines_append_folded (out, line);
    }
  g_string_append (out, "END:VCARD\r\n");
}
