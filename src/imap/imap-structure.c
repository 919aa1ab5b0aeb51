/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BODYSTRUCTURE as a list of parts. */
#include "imap-structure.h"

#include <string.h>

#define MAX_PARTS 1000
#define MAX_DEPTH 50

void
imap_part_free (ImapPart *part)
{
  g_free (part->section);
  g_free (part->content_type);
  g_free (part->disposition);
  g_free (part->name);
  g_free (part->content_id);
  g_free (part);
}

static char *
dup_lower (const ImapNode *node)
{
  const char *text = imap_node_get_string (node);

  return text ? g_ascii_strdown (text, -1) : NULL;
}

/* ("NAME" "a.pdf" "CHARSET" "utf-8"); RFC 2231 spells it NAME*, or in pieces NAME*0* */
static char *
dup_parameter (const ImapNode *list, const char *name)
{
  gsize length = strlen (name);

  if (!list || list->type != IMAP_NODE_LIST)
    return NULL;
  for (const ImapNode *node = list->first; node && node->next; node = node->next->next)
    {
      const char *key = imap_node_get_string (node);

      if (key && g_ascii_strncasecmp (key, name, length) == 0 && (key[length] == '\0' || key[length] == '*'))
        return g_strdup (imap_node_get_string (node->next));
    }
  return NULL;
}

static char *
dup_without_brackets (const ImapNode *node)
{
  const char *text = imap_node_get_string (node);
  gsize length = text ? strlen (text) : 0;

  if (length >= 2 && text[0] == '<' && text[length - 1] == '>')
    return g_strndup (text + 1, length - 2);
  return g_strdup (text);
}

static gboolean
is_multipart (const ImapNode *node)
{
  return node->first && node->first->type == IMAP_NODE_LIST;
}

/* The extension data begin after fields whose number depends on the type: RFC 9051's body-type-basic, -msg and -text. The disposition is
 * found by its shape, since servers leave fields out: a list of a string and a parameter list (or NIL). */
static void
read_disposition (ImapPart *part, const ImapNode *node)
{
  for (; node; node = node->next)
    if (node->type == IMAP_NODE_LIST && node->first && node->first->type == IMAP_NODE_STRING && node->first->next
        && (node->first->next->type == IMAP_NODE_LIST || node->first->next->type == IMAP_NODE_NIL) && !node->first->next->next)
      {
        g_autofree char *file_name = dup_parameter (node->first->next, "filename");

        g_free (part->disposition);
        part->disposition = dup_lower (node->first);
        if (file_name)
          {
            g_free (part->name);
            part->name = g_steal_pointer (&file_name);
          }
        return;
      }
}

static void
add_leaf (GPtrArray *parts, const ImapNode *node, const char *section)
{
  ImapPart *part = g_new0 (ImapPart, 1);
  g_autofree char *type = dup_lower (imap_node_nth (node, 0));
  g_autofree char *subtype = dup_lower (imap_node_nth (node, 1));
  const ImapNode *size = imap_node_nth (node, 6);

  part->section = g_strdup (section);
  part->content_type = type && subtype ? g_strdup_printf ("%s/%s", type, subtype) : g_strdup ("application/octet-stream");
  part->name = dup_parameter (imap_node_nth (node, 2), "name");
  part->content_id = dup_without_brackets (imap_node_nth (node, 3));
  imap_node_get_number (size, &part->size);
  read_disposition (part, size ? size->next : NULL);
  g_ptr_array_add (parts, part);
}

static void
add_parts (GPtrArray *parts, const ImapNode *node, const char *section, guint depth)
{
  guint n = 0;

  if (!node || node->type != IMAP_NODE_LIST || parts->len >= MAX_PARTS || depth > MAX_DEPTH)
    return;
  if (!is_multipart (node))
    {
      add_leaf (parts, node, *section ? section : "1");
      return;
    }
  /* Exchange has been seen to put NIL for a part. The parts end with the subtype, which is a string. */
  for (const ImapNode *child = node->first; child && (child->type == IMAP_NODE_LIST || child->type == IMAP_NODE_NIL); child = child->next)
    {
      g_autofree char *inner = *section ? g_strdup_printf ("%s.%u", section, ++n) : g_strdup_printf ("%u", ++n);

      add_parts (parts, child, inner, depth + 1);
    }
}

GPtrArray *
imap_structure_list_parts (const ImapNode *structure)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) imap_part_free);

  add_parts (parts, structure, "", 0);
  return parts;
}

static gboolean
is_signature (const ImapPart *part)
{
  return g_str_equal (part->content_type, "application/pgp-signature") || g_str_equal (part->content_type, "application/pkcs7-signature")
         || g_str_equal (part->content_type, "application/x-pkcs7-signature");
}

gboolean
imap_structure_has_attachments (const ImapNode *structure)
{
  g_autoptr (GPtrArray) parts = imap_structure_list_parts (structure);

  for (guint i = 0; i < parts->len; i++)
    {
      const ImapPart *part = g_ptr_array_index (parts, i);
      gboolean is_text = g_str_has_prefix (part->content_type, "text/");
      gboolean is_inline_picture = part->content_id && g_str_has_prefix (part->content_type, "image/") && g_strcmp0 (part->disposition, "attachment") != 0;

      if (is_signature (part) || is_inline_picture)
        continue;
      if (g_strcmp0 (part->disposition, "attachment") == 0 || part->name || !is_text)
        return TRUE;
    }
  return FALSE;
}
