/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's context menu: nothing of a browser's but copying and links. */
#include "web-menu.h"

#include "html-url.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  void (*on_link) (const char *uri, gpointer data);
  gpointer data;
  GtkWidget *web;
  gboolean is_written;
} Menu;

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Menu *menu = data;

  menu->on_link (g_object_get_data (G_OBJECT (action), "uri"), menu->data);
}

/* What is copied is where it leads, without our mark. */
static void
on_copy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Menu *menu = data;
  const char *uri = g_object_get_data (G_OBJECT (action), "uri");

  if (g_str_has_prefix (uri, HTML_MISLEADING_SCHEME ":"))
    uri += strlen (HTML_MISLEADING_SCHEME ":");
  gdk_clipboard_set_text (gtk_widget_get_clipboard (menu->web), uri);
}

static void
append (WebKitContextMenu *list, const char *name, const char *label, const char *uri, GCallback activated, Menu *menu)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

  g_object_set_data_full (G_OBJECT (action), "uri", g_strdup (uri), g_free);
  g_signal_connect (action, "activate", activated, menu);
  webkit_context_menu_append (list, webkit_context_menu_item_new_from_gaction (G_ACTION (action), label, NULL));
}

/* Pasting is the window's: what comes is cleaned first. */
static void
on_paste (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_widget_activate_action (((Menu *) data)->web, "editor.paste", NULL);
}

static void
keep_for_writing (WebKitContextMenu *list)
{
  static const WebKitContextMenuAction kept[] = {
    WEBKIT_CONTEXT_MENU_ACTION_SPELLING_GUESS, WEBKIT_CONTEXT_MENU_ACTION_NO_GUESSES_FOUND, WEBKIT_CONTEXT_MENU_ACTION_IGNORE_SPELLING,
    WEBKIT_CONTEXT_MENU_ACTION_LEARN_SPELLING, WEBKIT_CONTEXT_MENU_ACTION_CUT, WEBKIT_CONTEXT_MENU_ACTION_COPY, WEBKIT_CONTEXT_MENU_ACTION_DELETE,
    WEBKIT_CONTEXT_MENU_ACTION_SELECT_ALL };
  g_autoptr (GList) items = g_list_copy (webkit_context_menu_get_items (list));

  for (GList *l = items; l; l = l->next)
    {
      WebKitContextMenuAction action = webkit_context_menu_item_get_stock_action (l->data);
      gboolean is_kept = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
        is_kept = is_kept || action == kept[i];
      if (!is_kept)
        webkit_context_menu_remove (list, l->data);
    }
}

static gboolean
on_context_menu (WebKitWebView *web, WebKitContextMenu *list, WebKitHitTestResult *hit, Menu *menu)
{
  gboolean has_selection = webkit_hit_test_result_context_is_selection (hit);

  if (menu->is_written)
    {
      keep_for_writing (list);
      append (list, "paste", _("Paste"), "", G_CALLBACK (on_paste), menu);
      return FALSE;
    }
  webkit_context_menu_remove_all (list);
  if (webkit_hit_test_result_context_is_link (hit))
    {
      const char *uri = webkit_hit_test_result_get_link_uri (hit);

      append (list, "open-link", _("Open Link"), uri, G_CALLBACK (on_open), menu);
      append (list, "copy-link", _("Copy Link"), uri, G_CALLBACK (on_copy), menu);
    }
  if (webkit_hit_test_result_context_is_image (hit))
    webkit_context_menu_append (list, webkit_context_menu_item_new_from_stock_action (WEBKIT_CONTEXT_MENU_ACTION_COPY_IMAGE_TO_CLIPBOARD));
  if (has_selection)
    webkit_context_menu_append (list, webkit_context_menu_item_new_from_stock_action (WEBKIT_CONTEXT_MENU_ACTION_COPY));
  webkit_context_menu_append (list, webkit_context_menu_item_new_from_stock_action (WEBKIT_CONTEXT_MENU_ACTION_SELECT_ALL));
  return FALSE;
}

void
web_menu_attach (WebKitWebView *web, gboolean is_written, void (*on_link) (const char *uri, gpointer data), gpointer data)
{
  Menu *menu = g_new0 (Menu, 1);

  menu->on_link = on_link;
  menu->data = data;
  menu->web = GTK_WIDGET (web);
  menu->is_written = is_written;
  g_signal_connect_data (web, "context-menu", G_CALLBACK (on_context_menu), menu, (GClosureNotify) (GCallback) g_free, 0);
}
