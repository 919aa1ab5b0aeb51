/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mail's HTML made into a page that can neither load, run nor pretend anything. */
#include "html-clean.h"

#include <stdlib.h>
#include <string.h>

#include "html-css.h"
#include "html-elements.h"
#include "html-inline.h"
#include "html-parser.h"
#include "html-url.h"

#define MAX_LINK_TEXT 200
#define MAX_ATTRIBUTE 2000       /* bytes of a text, a class, a style's name */
#define MAX_STYLE 20000          /* bytes of one style attribute */
#define MAX_SHEETS (1 << 20)     /* bytes of all <style> */
#define MAX_PIXELS 10000
#define MAX_SPAN 1000
#define DOT 2                    /* a remote picture not larger than this either way only counts readers */

typedef struct
{
  char name[16];
  gboolean is_written;
  gboolean has_color;            /* under its text */
  gboolean has_picture;          /* of the net, and no colour */
} Open;

typedef struct
{
  HtmlLink *link;
  gsize offset;                  /* of its address in the body */
} Target;

typedef struct
{
  HtmlCssJob css;
  HtmlWanted wanted;
  gboolean is_to_write;
  HtmlInline *sheets_inline;     /* what the sheets say, of a page to write; else NULL */
  GString *inlined;              /* of it, what concerns the element at hand */

  HtmlCssGround own;             /* of the element at hand */
  HtmlCssGround sheets;          /* of all rules */
  gboolean has_lost_text;        /* light, on a picture that is not loaded at first */
  gboolean has_loose_text;       /* light, and no element says on what */

  GString *body;
  GString *sheet;                /* cleaned */
  GString *style;                /* what is in the <style> that is open */
  GString *body_attributes;

  GArray *open;                  /* of Open */
  guint n_written;               /* open elements that were written */
  guint n_elements;
  guint skipped_at;              /* how many were open when an element began that is left out; 0: none */
  gboolean is_in_style;
  gsize n_style_bytes;

  GArray *targets;               /* of Target */
  HtmlLink *link;                /* the one that is open; NULL when none */
  GString *link_text;            /* what stands in it */
  gboolean is_too_much;
} Cleaner;

void
html_link_free (HtmlLink *self)
{
  g_free (self->url);
  g_free (self->text);
  g_free (self);
}

/* Writing */

void
html_append_text (GString *out, const char *text, gsize length)
{
  const char *start = text, *end = text + length;

  for (const char *p = text; p < end; p++)
    {
      guchar c = (guchar) *p;
      const char *instead = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : NULL;

      if (!instead && ((c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t'))
        continue;
      g_string_append_len (out, start, p - start);
      g_string_append (out, instead ? instead : "");
      start = p + 1;
    }
  g_string_append_len (out, start, end - start);
}

static void
append_attribute (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, " %s=\"", name);
  html_append_text (out, value, strlen (value));
  g_string_append_c (out, '"');
}

/* Attributes */

static gboolean
is_word (const char *value)
{
  gsize n = strlen (value);

  for (const char *p = value; *p; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      return FALSE;
  return n > 0 && n < 40;
}

static gboolean
is_number (const char *name, const char *value)
{
  gsize n = strspn (value, "0123456789.,+-%* px");
  int limit = strstr (name, "span") ? MAX_SPAN : MAX_PIXELS;

  return n > 0 && n < 200 && value[n] == '\0' && (strchr (value, ',') || abs (atoi (value)) <= limit);
}

static void
append_image (Cleaner *self, GString *out, const char *name, const char *value)
{
  HtmlUrlKind kind;
  g_autofree char *url = html_url_for_image (value, &kind);

  if (!url || (self->is_to_write && kind != HTML_URL_PART && kind != HTML_URL_DATA))
    return;
  if (kind == HTML_URL_REMOTE)
    self->wanted.n_remote++;
  else if (kind == HTML_URL_PART)
    g_hash_table_add (self->wanted.content_ids, html_url_get_part (url));
  if (kind == HTML_URL_REMOTE && strcmp (name, "background") == 0)
    self->own.has_picture = TRUE;
  append_attribute (out, name, url);
}

static void
append_style (Cleaner *self, GString *out, const char *value)
{
  g_autoptr (GString) style = g_string_new (NULL);
  gsize length = strlen (value);

  g_string_append (style, self->inlined->str);
  g_string_truncate (self->inlined, 0);
  if (length <= MAX_STYLE)
    html_css_clean_declarations (&self->css, value, length, style);
  if (style->len)
    append_attribute (out, "style", style->str);
}

static void
end_link (Cleaner *self)
{
  gsize length = MIN (self->link_text->len, MAX_LINK_TEXT);

  if (!self->link)
    return;
  while (length && ((guchar) self->link_text->str[length] & 0xc0) == 0x80)
    length--;
  self->link->text = g_strndup (self->link_text->str, length);
  self->link->is_misleading = html_url_is_misleading (self->link_text->str, self->link->url);
  self->link = NULL;
}

/* An area of a picture has no text and no end; for the rest it is a link like others. */
static void
append_link (Cleaner *self, GString *out, const char *value)
{
  g_autofree char *url = NULL;
  HtmlUrlKind kind = html_url_read (value, &url);

  if (kind == HTML_URL_FRAGMENT)
    append_attribute (out, "href", url);
  else if ((kind == HTML_URL_REMOTE || kind == HTML_URL_MAIL) && self->targets->len < HTML_MAX_LINKS)
    {
      Target target = { g_new0 (HtmlLink, 1), out->len + strlen (" href=\"") };

      append_attribute (out, "href", url);
      target.link->url = g_steal_pointer (&url);
      g_array_append_val (self->targets, target);
      end_link (self);
      self->link = target.link;
      g_string_truncate (self->link_text, 0);
    }
}

/* By which a style sheet finds an element, and nobody else */
static gboolean
is_name_for_style (const char *name)
{
  return strcmp (name, "class") == 0 || strcmp (name, "id") == 0;
}

static void
append_one (Cleaner *self, GString *out, const char *element, const char *name, const char *value)
{
  HtmlAttributeKind kind = html_attributes_find (element, name);
  gsize start = out->len;

  if (self->is_to_write && is_name_for_style (name) && strcmp (value, HTML_SIGNATURE_CLASS) != 0)
    return;
  switch (kind)
    {
    case HTML_ATTRIBUTE_TEXT:
      if (strlen (value) <= MAX_ATTRIBUTE)
        append_attribute (out, name, value);
      break;
    case HTML_ATTRIBUTE_WORD:
      if (is_word (value))
        append_attribute (out, name, value);
      break;
    case HTML_ATTRIBUTE_NUMBER:
      if (is_number (name, value))
        append_attribute (out, name, value);
      break;
    case HTML_ATTRIBUTE_FLAG:
      append_attribute (out, name, "");
      break;
    case HTML_ATTRIBUTE_COLOR:
    case HTML_ATTRIBUTE_GROUND:
      g_string_append_printf (out, " %s=\"", name);
      if (html_css_append_color (&self->css, value, kind == HTML_ATTRIBUTE_GROUND, out))
        g_string_append_c (out, '"');
      else
        g_string_truncate (out, start);
      self->own.has_color |= out->len > start && strcmp (name, "bgcolor") == 0;
      break;
    case HTML_ATTRIBUTE_IMAGE:
      append_image (self, out, name, value);
      break;
    case HTML_ATTRIBUTE_LINK:
      append_link (self, out, value);
      break;
    case HTML_ATTRIBUTE_MAP:
      if (value[0] == '#' && strlen (value) <= MAX_ATTRIBUTE)
        append_attribute (out, name, value);
      break;
    case HTML_ATTRIBUTE_STYLE:
      append_style (self, out, value);
      break;
    case HTML_ATTRIBUTE_NONE:
    default:
      break;
    }
}

static const char *
find_attribute (const char *const *attributes, const char *name)
{
  for (; attributes && attributes[0]; attributes += 2)
    if (strcmp (attributes[0], name) == 0)
      return attributes[1];
  return NULL;
}

/* The sheets' words come before the element's own style, which counts more. */
static void
append_attributes (Cleaner *self, GString *out, const char *element, const char *const *attributes)
{
  self->own = (HtmlCssGround){ FALSE };
  if (self->sheets_inline && html_attributes_find (element, "style") == HTML_ATTRIBUTE_STYLE)
    html_inline_append (self->sheets_inline, element, find_attribute (attributes, "class"), self->inlined);
  for (; attributes && attributes[0]; attributes += 2)
    append_one (self, out, element, attributes[0], attributes[1] ? attributes[1] : "");
  if (self->inlined->len)
    append_style (self, out, "");
}

/* Of the element whose attributes were written last: what its text stands on, and whether that may be nothing until pictures are loaded */
static void
note_ground (Cleaner *self, Open *open)
{
  gsize i = self->open->len;

  open->has_color = self->own.has_color;
  open->has_picture = self->own.has_picture && !self->own.has_color;
  if (!self->own.has_light_text || open->has_color)
    return;
  while (!open->has_picture && !open->has_color && i > 0)
    open = &g_array_index (self->open, Open, --i);
  self->has_lost_text |= open->has_picture;
  self->has_loose_text |= !open->has_picture && !open->has_color;
}

/* A remote picture that nobody can see */
static gboolean
is_counter (const char *const *attributes)
{
  const char *source = find_attribute (attributes, "src");
  const char *width = find_attribute (attributes, "width");
  const char *height = find_attribute (attributes, "height");
  g_autofree char *url = NULL;

  return source && width && height && g_ascii_isdigit (*width) && g_ascii_isdigit (*height) && !strchr (width, '%')
         && atoi (width) <= DOT && atoi (height) <= DOT && html_url_read (source, &url) == HTML_URL_REMOTE;
}

/* Its words stay in the place of a picture that does not come along. */
static void
append_alternative (Cleaner *self, const char *const *attributes)
{
  const char *text = find_attribute (attributes, "alt");

  if (text && *text && strlen (text) <= MAX_ATTRIBUTE)
    html_append_text (self->body, text, strlen (text));
}

static gboolean
is_in_mail (const char *const *attributes)
{
  const char *source = find_attribute (attributes, "src");
  HtmlUrlKind kind = HTML_URL_NONE;
  g_autofree char *url = source ? html_url_for_image (source, &kind) : NULL;

  return url && (kind == HTML_URL_PART || kind == HTML_URL_DATA);
}

/* What the parser says */

static void
write_element (Cleaner *self, const char *name, const char *const *attributes)
{
  if (strcmp (name, "img") == 0 && is_counter (attributes))
    return;
  if (self->is_to_write && strcmp (name, "img") == 0 && !is_in_mail (attributes))
    {
      append_alternative (self, attributes);
      return;
    }
  g_string_append_printf (self->body, "<%s", name);
  append_attributes (self, self->body, name, attributes);
  g_string_append_c (self->body, '>');
  if (++self->n_elements > HTML_MAX_ELEMENTS || self->body->len > HTML_MAX_PAGE)
    self->is_too_much = TRUE;
}

static void
on_start (const char *name, const char *const *attributes, gpointer data)
{
  Cleaner *self = data;
  HtmlElementKind kind = html_elements_find (name);
  Open open = { .is_written = FALSE };

  g_strlcpy (open.name, name, sizeof open.name);
  if (self->is_too_much)
    return;
  if (!self->skipped_at)
    switch (kind)
      {
      case HTML_ELEMENT_KEPT:
        open.is_written = self->n_written < HTML_MAX_DEPTH;
        break;
      case HTML_ELEMENT_VOID:
        write_element (self, name, attributes);
        break;
      case HTML_ELEMENT_SKIPPED:
        self->skipped_at = self->open->len + 1;
        break;
      case HTML_ELEMENT_STYLE:
        self->skipped_at = self->open->len + 1;
        self->is_in_style = TRUE;
        g_string_truncate (self->style, 0);
        break;
      case HTML_ELEMENT_BODY:
        if (self->body_attributes->len == 0)
          {
            append_attributes (self, self->body_attributes, "body", attributes);
            note_ground (self, &open);
          }
        break;
      case HTML_ELEMENT_UNKNOWN:
      default:
        break;
      }
  if (open.is_written)
    {
      write_element (self, name, attributes);
      note_ground (self, &open);
      self->n_written++;
    }
  g_array_append_val (self->open, open);
}

static void
end_style (Cleaner *self)
{
  HtmlCssJob job = self->css;

  job.ground = job.ground ? &self->sheets : NULL;
  self->is_in_style = FALSE;
  if (self->sheet->len < 2 * MAX_SHEETS)
    html_css_clean_sheet (&job, self->style->str, self->style->len, self->sheet);
  if (!self->sheets_inline)
    return;
  html_inline_add_sheet (self->sheets_inline, self->sheet->str);
  g_string_truncate (self->sheet, 0);
}

static void
close_one (Cleaner *self)
{
  Open *open = &g_array_index (self->open, Open, self->open->len - 1);

  if (self->skipped_at == self->open->len)
    {
      if (self->is_in_style)
        end_style (self);
      self->skipped_at = 0;
    }
  if (open->is_written)
    {
      if (strcmp (open->name, "a") == 0)
        end_link (self);
      g_string_append_printf (self->body, "</%s>", open->name);
      self->n_written--;
    }
  g_array_set_size (self->open, self->open->len - 1);
}

/* libxml2 ends what it began, in order; should another version not do so, nothing is written that was not begun. */
static void
on_end (const char *name, gpointer data)
{
  Cleaner *self = data;
  char cut[sizeof ((Open *) NULL)->name];

  g_strlcpy (cut, name, sizeof cut);
  if (!self->is_too_much && self->open->len && strcmp (g_array_index (self->open, Open, self->open->len - 1).name, cut) == 0)
    close_one (self);
}

static void
on_text (const char *text, gsize length, gpointer data)
{
  Cleaner *self = data;

  if (self->is_too_much)
    return;
  if (self->is_in_style)
    {
      self->n_style_bytes += length;
      if (self->n_style_bytes <= MAX_SHEETS)
        g_string_append_len (self->style, text, (gssize) length);
    }
  if (self->skipped_at)
    return;
  if (self->link && self->link_text->len < 4 * MAX_LINK_TEXT)
    g_string_append_len (self->link_text, text, (gssize) length);
  html_append_text (self->body, text, length);
  self->is_too_much = self->body->len > HTML_MAX_PAGE;
}

/* The page */

GString *
html_page_begin (void)
{
  return g_string_new ("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src cid: data: " HTML_REMOTE_SCHEME ":; "
                       "style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'\">"
                       "<meta name=\"referrer\" content=\"no-referrer\">");
}

static void
append_body (Cleaner *self, GString *page)
{
  gsize at = 0;

  for (guint i = 0; i < self->targets->len; i++)
    {
      Target *target = &g_array_index (self->targets, Target, i);

      if (!target->link->is_misleading || self->is_to_write)
        continue;
      g_string_append_len (page, self->body->str + at, (gssize) (target->offset - at));
      g_string_append (page, HTML_MISLEADING_SCHEME ":");
      at = target->offset;
    }
  g_string_append_len (page, self->body->str + at, (gssize) (self->body->len - at));
}

static char *
make_document (Cleaner *self)
{
  GString *html = html_page_begin ();

  if (self->has_lost_text || (self->sheets.has_picture && (self->has_loose_text || self->sheets.has_light_text)))
    g_string_append (html, "<style>:root{--under:var(--unloaded)}</style>");
  if (self->sheet->len)
    g_string_append_printf (html, "<style>\n%s</style>", self->sheet->str);
  g_string_append_printf (html, "</head><body%s>", self->body_attributes->str);
  append_body (self, html);
  g_string_append (html, "</body></html>\n");
  return g_string_free (html, FALSE);
}

/* The page's own ground and font go around it, where it has any. */
static char *
make_fragment (Cleaner *self)
{
  GString *html = g_string_new (NULL);

  if (self->body_attributes->len)
    g_string_append_printf (html, "<div%s>", self->body_attributes->str);
  append_body (self, html);
  if (self->body_attributes->len)
    g_string_append (html, "</div>");
  return g_string_free (html, FALSE);
}

static HtmlPage *
make_page (Cleaner *self)
{
  HtmlPage *page = g_new0 (HtmlPage, 1);
  GHashTableIter iter;
  gpointer id;
  guint n = 0;

  page->html = self->is_to_write ? make_fragment (self) : make_document (self);
  page->n_remote = self->wanted.n_remote;
  page->content_ids = g_new0 (char *, g_hash_table_size (self->wanted.content_ids) + 1);
  g_hash_table_iter_init (&iter, self->wanted.content_ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    page->content_ids[n++] = g_strdup (id);
  page->links = g_ptr_array_new_with_free_func ((GDestroyNotify) html_link_free);
  for (guint i = 0; i < self->targets->len; i++)
    g_ptr_array_add (page->links, g_steal_pointer (&g_array_index (self->targets, Target, i).link));
  return page;
}

static void
cleaner_clear (Cleaner *self)
{
  for (guint i = 0; i < self->targets->len; i++)
    g_clear_pointer (&g_array_index (self->targets, Target, i).link, html_link_free);
  g_array_unref (self->targets);
  g_array_unref (self->open);
  g_string_free (self->body, TRUE);
  g_string_free (self->sheet, TRUE);
  g_string_free (self->style, TRUE);
  g_string_free (self->body_attributes, TRUE);
  g_string_free (self->link_text, TRUE);
  g_string_free (self->inlined, TRUE);
  g_clear_pointer (&self->sheets_inline, html_inline_free);
  g_hash_table_unref (self->wanted.content_ids);
}

HtmlPage *
html_clean (const char *html, HtmlCleanFlags flags)
{
  static const HtmlHandler handler = { on_start, on_end, on_text };
  Cleaner self = {
    .wanted.content_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .body = g_string_new (NULL),
    .sheet = g_string_new (NULL),
    .style = g_string_new (NULL),
    .body_attributes = g_string_new (NULL),
    .link_text = g_string_new (NULL),
    .inlined = g_string_new (NULL),
    .open = g_array_new (FALSE, FALSE, sizeof (Open)),
    .targets = g_array_new (FALSE, FALSE, sizeof (Target)),
  };
  HtmlPage *page = NULL;

  self.is_to_write = (flags & HTML_CLEAN_TO_WRITE) != 0;
  self.sheets_inline = self.is_to_write ? html_inline_new () : NULL;
  self.css = (HtmlCssJob){ .wanted = &self.wanted, .is_dark = (flags & HTML_CLEAN_DARK) != 0, .may_load = !self.is_to_write };
  if (!self.css.is_dark && !self.is_to_write) /* on a dark page light text is seen */
    self.css.ground = &self.own;
  if (html_parse (html, &handler, &self) && !self.is_too_much)
    {
      while (self.open->len)
        close_one (&self);
      end_link (&self);
      page = make_page (&self);
    }
  cleaner_clear (&self);
  return page;
}

void
html_page_free (HtmlPage *self)
{
  g_free (self->html);
  g_strfreev (self->content_ids);
  g_ptr_array_unref (self->links);
  g_free (self);
}
