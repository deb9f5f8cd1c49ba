<?php
/**
 * Plugin Name: Lede
 * Description: Tells Lede when an article is published, changed or taken back.
 * Version: 1.0
 * Requires at least: 5.6
 * Requires PHP: 7.4
 * License: MIT
 *
 * Put this file into wp-content/mu-plugins/ (make the folder if there is none) and two lines into wp-config.php:
 *
 *   define( 'LEDE_URL', 'https://lede.example.org/v1/articles' );
 *   define( 'LEDE_SECRET', 'whsec_...' ); // The value of Lede's LEDE_WEBHOOK_SECRET.
 *
 * Filters: `lede_post_types` (which types are articles; 'post' alone if not said otherwise) and `lede_article` (what is
 * sent of one; return null to send nothing). See Lede's docs/webhooks.md.
 */

defined( 'ABSPATH' ) || exit;

// After terms and meta are saved, also from the block editor and when a scheduled post is published (WordPress 5.6).
add_action( 'wp_after_insert_post', 'lede_saved', 10, 4 );
add_action( 'before_delete_post', 'lede_deleted', 10, 2 );
add_action( 'lede_deliver', 'lede_deliver', 10, 3 );

function lede_saved( $post_id, $post, $update, $before ) {
	if ( ! lede_is_article( $post ) ) {
		return;
	}
	if ( lede_is_out( $post ) ) {
		lede_send( lede_article( $post ), $post );
	} elseif ( $before instanceof WP_Post && lede_is_out( $before ) ) {
		lede_send( lede_take_back( $post, get_post_modified_time( 'c', true, $post ) ), $post );
	}
}

function lede_deleted( $post_id, $post ) {
	// One in the trash was taken back when it went there.
	if ( lede_is_article( $post ) && lede_is_out( $post ) ) {
		lede_send( lede_take_back( $post, gmdate( 'c' ) ), $post );
	}
}

function lede_is_article( $post ) {
	return $post instanceof WP_Post
		&& in_array( $post->post_type, (array) apply_filters( 'lede_post_types', array( 'post' ) ), true );
}

/** Whether somebody can read it, now or from its date on. */
function lede_is_out( $post ) {
	return in_array( $post->post_status, array( 'publish', 'private', 'future' ), true );
}

/** The article in the words of schema.org's NewsArticle. */
function lede_article( $post ) {
	$open    = 'private' !== $post->post_status && '' === $post->post_password;
	$article = array(
		'event'               => 'publish',
		'identifier'          => $post->guid,
		'url'                 => get_permalink( $post ),
		'headline'            => trim( html_entity_decode( wp_strip_all_tags( $post->post_title ), ENT_QUOTES, 'UTF-8' ) ),
		'author'              => get_the_author_meta( 'display_name', (int) $post->post_author ),
		// Ahead for a scheduled post: Lede holds it until then.
		'datePublished'       => get_post_time( 'c', true, $post ),
		'dateModified'        => get_post_modified_time( 'c', true, $post ),
		'isAccessibleForFree' => $open,
		'inLanguage'          => get_bloginfo( 'language' ),
	);
	// Lede reads what is public from the page itself, as a stranger sees it: plugins for members gate the page and not
	// the stored text. Only what no stranger can open is sent along, marked as not free.
	if ( ! $open ) {
		$text            = strip_shortcodes( $post->post_content );
		$article['html'] = trim( has_blocks( $text ) ? do_blocks( $text ) : wpautop( $text ) );
	}
	return array_filter(
		$article,
		function ( $value ) {
			return null !== $value && '' !== $value;
		}
	);
}

/** Without an address: that of a draft or of one in the trash is not the one that was published. */
function lede_take_back( $post, $when ) {
	return array(
		'event'        => 'unpublish',
		'identifier'   => $post->guid,
		'dateModified' => $when,
	);
}

function lede_send( $article, $post ) {
	$article = apply_filters( 'lede_article', $article, $post );
	if ( $article && defined( 'LEDE_URL' ) && defined( 'LEDE_SECRET' ) ) {
		lede_deliver( 'wp_' . wp_generate_uuid4(), wp_json_encode( $article ), 0 );
	}
}

/** Sends one message; tries again for about two hours, under the same id, so that Lede takes it once. */
function lede_deliver( $id, $body, $tries ) {
	if ( ! defined( 'LEDE_URL' ) || ! defined( 'LEDE_SECRET' ) ) {
		return;
	}
	$time   = time();
	$answer = wp_remote_post(
		LEDE_URL,
		array(
			'timeout' => 5,
			'body'    => $body,
			'headers' => array(
				'Content-Type'      => 'application/json',
				'webhook-id'        => $id,
				'webhook-timestamp' => (string) $time,
				'webhook-signature' => lede_signature( $id . '.' . $time . '.' . $body ),
			),
		)
	);
	$status = is_wp_error( $answer ) ? 0 : (int) wp_remote_retrieve_response_code( $answer );
	if ( $status >= 200 && $status < 300 ) {
		return;
	}
	$passing = 0 === $status || 429 === $status || $status >= 500;
	if ( $passing && $tries < 7 ) {
		wp_schedule_single_event( $time + 60 * pow( 2, $tries ), 'lede_deliver', array( $id, $body, $tries + 1 ) );
		return;
	}
	$why = is_wp_error( $answer ) ? $answer->get_error_message() : wp_remote_retrieve_body( $answer );
	error_log( 'Lede did not take ' . $id . ' (' . $status . '): ' . substr( $why, 0, 500 ) );
}

/** Standard Webhooks: a secret after "whsec_" is base64, any other is taken as it is. */
function lede_signature( $signed ) {
	$coded = 0 === strncmp( LEDE_SECRET, 'whsec_', 6 );
	$key   = $coded ? base64_decode( substr( LEDE_SECRET, 6 ) ) : LEDE_SECRET;
	return 'v1,' . base64_encode( hash_hmac( 'sha256', $signed, $key, true ) );
}
